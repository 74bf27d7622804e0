import { describe, expect, it, vi } from "vitest";
import { eventOf } from "../../src/policy/testing.ts";
import { build, callers, valuesFor } from "../hooks/lanes/index.ts";
import { type Script, tenantApi } from "../hooks/tenant-api.ts";
import call from "./probes/call.ts";

const bundles = {
  rule: build({ flow: "login", steps: [["test/bundle/probes/call.ts", call({})]] }, "rule"),
  action: build({ flow: "login", steps: [["test/bundle/probes/call.ts", call({})]] }, "action"),
};
const ada = { status: 200, body: { user_id: "auth0|ada", email: "ada@example.com" } };

/** One login that reads the user and assigns a role, in a tenant that answers by the script. */
async function login(lane: keyof typeof bundles, script: Script, kept?: Map<string, unknown>) {
  const api = tenantApi({ "users.get": [ada], ...script });
  const bundle = bundles[lane];
  const around = { fetch: api.fetch, values: valuesFor(bundle, {}), ...(kept && { kept }) };
  const result = await callers[lane](bundle, eventOf("login", {}), around);
  return { ...result, operations: api.calls.map(({ operation }) => operation), ...api };
}

const both = ["users.get", "users.roles.assign"];
const failed = (text: string) => `policy "call" failed: ${text}`;
const refused = {
  status: 403,
  body: { errorCode: "insufficient_scope", message: "Insufficient scope, expected any of: read:users" },
};

describe.each(["rule", "action"] as const)("the Management API from the %s", (lane) => {
  it("takes one token of the policies' client for all calls", async () => {
    const { denied, operations, tokenRequests, bearers } = await login(lane, {});
    expect({ denied, operations, bearers }).toEqual({
      denied: undefined,
      operations: both,
      bearers: ["Bearer token-1", "Bearer token-1"],
    });
    expect(tokenRequests).toEqual([
      {
        grant_type: "client_credentials",
        client_id: "policies",
        client_secret: "s3cr3t-of-policies",
        audience: "https://acme.test/api/v2/",
      },
    ]);
  });

  it("keeps the token for the next login", async () => {
    const kept = new Map();
    await login(lane, {}, kept);
    expect((await login(lane, {}, kept)).tokenRequests).toEqual([]);
  });

  it("renews a kept token once when it is refused: the grant may be younger", async () => {
    const kept = new Map();
    await login(lane, {}, kept);
    const { denied, operations, tokenRequests } = await login(lane, { "users.get": [refused, ada] }, kept);
    expect({ denied, operations }).toEqual({ denied: undefined, operations: ["users.get", ...both] });
    expect(tokenRequests).toHaveLength(1);
  });

  it("says which scope is missing, and does not try again with a new token", async () => {
    const { denied, operations } = await login(lane, { "users.get": [refused] });
    expect(denied).toBe(
      failed("users.get: 403 insufficient_scope: Insufficient scope, expected any of: read:users"),
    );
    expect(operations).toEqual(["users.get"]);
  });

  it("says why there is no token, without the secret", async () => {
    const body = { error: "access_denied", error_description: "Unauthorized" };
    const { denied } = await login(lane, { token: [{ status: 401, body }] });
    expect(denied).toBe(failed("token for the Management API: 401 access_denied: Unauthorized"));
  });

  it.each([404, 200])("says that an answer with status %i is no JSON", async (status) => {
    const { denied } = await login(lane, { "users.get": [{ status, body: "<html>" }] });
    expect(denied).toBe(failed(`users.get: ${status} with an answer that is not JSON`));
  });

  it("tells a value the tenant lacks by its key", async () => {
    const { fetch } = tenantApi({});
    const { denied } = await callers[lane](bundles[lane], eventOf("login", {}), { fetch, values: {} });
    expect(denied).toBe(failed('the tenant has no value "ROLEBOOK_CLIENT_ID"'));
  });

  describe("in trouble", () => {
    /** Lets all waiting be over at once, and tells how long it would have been. */
    async function withoutWaiting<T>(work: () => Promise<T>) {
      const waits: number[] = [];
      const spy = vi.spyOn(globalThis, "setTimeout").mockImplementation(((
        run: () => void,
        milliseconds: number,
      ) => {
        if (milliseconds === 15_000) return undefined; // the limit of the whole flow
        waits.push(milliseconds);
        setImmediate(run);
      }) as unknown as typeof setTimeout);
      const result = await work();
      spy.mockRestore();
      return { ...result, waits };
    }

    it("repeats after 429 when Auth0 says so", async () => {
      const headers = { "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + 3) };
      const tooMany = { status: 429, body: {}, headers };
      const script = { "users.get": [tooMany, ada] };
      const { denied, operations, waits } = await withoutWaiting(() => login(lane, script));
      expect({ denied, operations }).toEqual({ denied: undefined, operations: ["users.get", ...both] });
      expect(waits).toHaveLength(1);
      expect(waits[0]).toBeGreaterThan(2000);
      expect(waits[0]).toBeLessThanOrEqual(4000);
    });

    it("does not wait for what comes after the time is up", async () => {
      const headers = { "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + 60) };
      const body = { errorCode: "too_many_requests", message: "Global limit has been reached" };
      const script = { "users.get": [{ status: 429, body, headers }] };
      const { denied, waits } = await withoutWaiting(() => login(lane, script));
      expect(denied).toBe(failed("users.get: 429 too_many_requests: Global limit has been reached"));
      expect(waits).toEqual([]);
    });

    it("repeats what may be repeated after 5xx and broken connections, longer apart each time", async () => {
      const broken = Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNRESET" } });
      const script = { "users.get": [{ status: 503 }, broken, ada] };
      const { denied, operations, waits } = await withoutWaiting(() => login(lane, script));
      expect({ denied, operations }).toEqual({
        denied: undefined,
        operations: ["users.get", "users.get", ...both],
      });
      expect(waits).toEqual([400, 800]);
    });

    it("gives up after four attempts with the last answer", async () => {
      const broken = Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } });
      const { denied, operations } = await withoutWaiting(() => login(lane, { "users.get": [broken] }));
      expect(denied).toBe(failed("users.get: no answer from the tenant (ECONNREFUSED)"));
      expect(operations).toHaveLength(4);
    });
  });
});
