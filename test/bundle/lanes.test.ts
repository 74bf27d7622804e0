import { describe, expect, it, vi } from "vitest";
import { secret, stage } from "#policy";
import type { FlowName } from "../../src/model/flows.ts";
import type { EventParts } from "../../src/policy/testing.ts";
import { type Run, runners } from "../hooks/lanes/index.ts";
import echo from "./probes/echo.ts";
import misbehave from "./probes/misbehave.ts";

const flows = ["preUserRegistration", "postUserRegistration", "credentialsExchange", "login"] as const;

const user = { email: "ada@example.com", email_verified: true };
const connection = { id: "con_7", name: "Username-Password-Authentication" };

/** An event with everything in it that every lane knows. */
const events: { readonly [Flow in FlowName]: EventParts<Flow> } = {
  preUserRegistration: { user, connection },
  postUserRegistration: { user: { ...user, user_id: "auth0|5f" }, connection },
  credentialsExchange: { client: { client_id: "worker", metadata: { plan: "gold" } } },
  login: {
    user: { ...user, app_metadata: { size: "XL" } },
    authorization: { roles: ["Customer"] },
    client: { metadata: { plan: "gold" } },
    connection: { ...connection, strategy: "auth0" },
    organization: { id: "org_1", name: "acme", metadata: { tier: "1" } },
    request: {
      ip: "192.0.2.1",
      hostname: "acme.test",
      user_agent: "curl",
      query: { audience: "https://orders.test/" },
      body: {},
      geoip: { countryCode: "DE" },
    },
    resource_server: { identifier: "https://orders.test/" },
  },
};

function echoRun<Flow extends FlowName>(flow: Flow): Run<Flow> {
  const step = echo({ word: stage("domain") });
  const steps = [["test/bundle/probes/echo.ts", step]] as const;
  return { flow, steps, event: events[flow], stageValues: { domain: "example.test" } };
}

describe("a policy", () => {
  it.each(flows)("sees the same event and has the same effects in every lane of %s", async (flow) => {
    const [source, ...lanes] = await Promise.all(Object.values(runners).map((run) => run(echoRun(flow))));
    expect(Object.keys(source ?? {}).length).toBeGreaterThan(0);
    for (const lane of lanes) expect(withoutRootMetadata(lane)).toEqual(source);
  });

  it("sees a secret's value, which is not in the code", async () => {
    const step = echo({ word: secret("sellerKey" as never) });
    const run = {
      ...echoRun("login"),
      steps: [["test/bundle/probes/echo.ts", step]],
      stageValues: { sellerKey: "k3y" },
    } as const;
    for (const each of Object.values(runners)) {
      expect((await each(run)).idToken).toEqual({ "https://claims.test/word": "k3y" });
    }
  });
});

/** Rules see metadata at the user's root, too: docs/policies.md lists it among what cannot be bridged. */
function withoutRootMetadata(result: unknown): unknown {
  return JSON.parse(JSON.stringify(result), (key, value) => {
    if (key !== "user") return value;
    const { size: _, ...rest } = value;
    return rest;
  });
}

describe.each(flows)("a policy that misbehaves in %s", (flow) => {
  const run = (how: string): Run<typeof flow> => ({
    flow,
    steps: [["test/bundle/probes/misbehave.ts", misbehave({ how })]],
    event: {},
  });

  it.each([
    ["throw", 'policy "misbehave" failed: on purpose'],
    ["throw a text", 'policy "misbehave" failed: on purpose'],
    ["call what it may not", 'policy "misbehave" failed: "users.roles.assign" is not in its "uses"'],
  ])("is told apart in every lane: %s", async (how, denied) => {
    for (const runner of Object.values(runners)) expect(await runner(run(how))).toEqual({ denied });
  });

  it("denies with its own reason, and nothing it asked for happens", async () => {
    const own = flow === "postUserRegistration" ? 'policy "misbehave" failed: on purpose' : "on purpose";
    for (const runner of Object.values(runners)) expect(await runner(run("deny"))).toEqual({ denied: own });
  });

  it.each(["as a rule or hook", "as an action"] as const)("is ended when it never ends, %s", async (lane) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const result = runners[lane]?.(run("never end"));
    await vi.advanceTimersByTimeAsync(15_000);
    vi.useRealTimers();
    expect(await result).toEqual({ denied: "policies took longer than 15 s" });
  });
});
