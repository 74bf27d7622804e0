import { describe, expect, it } from "vitest";
import { policy, stage, text } from "#policy";
import { runFlow } from "#policy/testing";

const greet = policy({
  name: "greet",
  on: ["login"],
  settings: { word: text() },
  run({ event, api, settings }) {
    api.idToken.setCustomClaim("https://claims.test/greeting", `${settings.word} ${event.user.email}`);
  },
});

const raise = policy({
  name: "raise",
  on: ["login"],
  settings: {},
  uses: ["users.roles.list"],
  async run({ event, api, management }) {
    const roles = await management("users.roles.list", { id: event.user.user_id });
    for (const { name } of roles) api.authorization.addRole(name);
    api.user.setAppMetadata("raised", event.authorization.roles);
  },
});

const deny = policy({
  name: "deny",
  on: ["login"],
  settings: {},
  run: ({ api }) => api.access.deny("not today"),
});

describe("running a flow in a test", () => {
  it("gives back what the policies want", async () => {
    const { idToken, error } = await runFlow("login", [greet({ word: "Hello" })], {
      user: { email: "bo@example.com" },
    });
    expect({ idToken, error }).toEqual({
      idToken: { "https://claims.test/greeting": "Hello bo@example.com" },
      error: undefined,
    });
  });

  it("puts in stage values, and says which one is missing", async () => {
    const steps = [greet({ word: stage("domain") })];
    const { idToken } = await runFlow("login", steps, {}, { values: { domain: "Hi" } });
    expect(idToken).toEqual({ "https://claims.test/greeting": "Hi ada@example.com" });
    await expect(runFlow("login", steps, {})).rejects.toThrow('the test gives no value for "domain"');
  });

  it("answers the Management API, and tells what was called", async () => {
    const { calls, roles, appMetadata } = await runFlow(
      "login",
      [raise({})],
      {},
      {
        management: async () => [{ id: "rol_1", name: "Customer" }],
      },
    );
    expect(calls).toEqual([{ operation: "users.roles.list", input: { id: "auth0|ada" } }]);
    expect({ roles, appMetadata }).toEqual({ roles: ["Customer"], appMetadata: { raised: ["Customer"] } });
  });

  it("stops at the policy that denies", async () => {
    const { denial, idToken } = await runFlow("login", [deny({}), greet({ word: "Hello" })], {});
    expect({ reason: denial?.reason, idToken }).toEqual({ reason: "not today", idToken: {} });
  });

  it("names the policy that fails", async () => {
    const { error } = await runFlow("login", [raise({})], {});
    expect(error).toMatch(/^policy "raise" failed: /);
  });

  it("leaves the sample event as it was", async () => {
    await runFlow("login", [raise({})], {}, { management: async () => [{ name: "Customer" }] });
    const { appMetadata } = await runFlow("login", [raise({})], {}, { management: async () => [] });
    expect(appMetadata).toEqual({ raised: [] });
  });
});
