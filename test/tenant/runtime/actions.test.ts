import { afterAll, describe, expect, it } from "vitest";
import { type ActionTrigger, createRuntime } from "../../../tenant/runtime/index.ts";

let time = 1_000_000;
const runtime = createRuntime({ now: () => time });
afterAll(() => runtime.close());

const event = {
  user: { user_id: "auth0|1", app_metadata: {} },
  transaction: { protocol: "oidc-basic-profile" },
};

/** Runs bodies of post-login handlers as actions named a, b, …; each has its name as the secret NAME. */
const run = async (...bodies: readonly string[]) =>
  (
    await runtime.runActions(
      "post-login",
      bodies.map((body, index) => {
        const name = "abc".charAt(index);
        return {
          name,
          code: `exports.onExecutePostLogin = async (event, api) => { ${body} };`,
          secrets: { NAME: name },
        };
      }),
      event,
    )
  ).result;

describe("actions", () => {
  it("give back what they asked for, in order and by name", async () => {
    expect(
      await run(
        "api.idToken.setCustomClaim('https://acme/roles', ['customer']); api.user.setAppMetadata('seen', true);",
        "api.accessToken.setCustomClaim('https://acme/by', event.secrets.NAME); api.accessToken.addScope('read:x'); api.accessToken.removeScope('read:y');",
      ),
    ).toEqual({
      ok: true,
      value: [
        { type: "idToken.setCustomClaim", name: "https://acme/roles", value: ["customer"], by: "a" },
        { type: "user.setAppMetadata", name: "seen", value: true, by: "a" },
        { type: "accessToken.setCustomClaim", name: "https://acme/by", value: "b", by: "b" },
        { type: "accessToken.addScope", scope: "read:x", by: "b" },
        { type: "accessToken.removeScope", scope: "read:y", by: "b" },
      ],
    });
  });

  it("deny without stopping, and later ones are skipped", async () => {
    expect(
      await run(
        "api.access.deny('no'); api.user.setAppMetadata('denied', 1);",
        "api.user.setAppMetadata('late', 1);",
      ),
    ).toEqual({
      ok: true,
      value: [
        { type: "access.deny", reason: "no", by: "a" },
        { type: "user.setAppMetadata", name: "denied", value: 1, by: "a" },
      ],
    });
  });

  it("do not see what others write to the event, but transaction metadata", async () => {
    const result = await run(
      "event.user.note = 1; api.transaction.setMetadata('n', 1); api.user.setAppMetadata('own', event.transaction.metadata.n);",
      "api.user.setAppMetadata('other', [event.user.note === undefined, event.transaction.metadata.n]);",
    );
    expect(result).toMatchObject({
      value: [
        {},
        { type: "user.setAppMetadata", name: "own", value: 1 },
        { type: "user.setAppMetadata", name: "other", value: [true, 1] },
      ],
    });
  });

  it("keep a cache per trigger until its entries expire", async () => {
    await run("api.cache.set('token', 'abc', { ttl: 1000 });");
    const read = "api.user.setAppMetadata('token', (api.cache.get('token') || { value: 'none' }).value);";
    expect(await run(read)).toMatchObject({ value: [{ value: "abc" }] });
    time += 1001;
    expect(await run(read)).toMatchObject({ value: [{ value: "none" }] });
  });

  it.each([
    ["a throw", "throw new TypeError('broken');", "broken"],
    [
      "a rejection nobody handles",
      "Promise.reject(new TypeError('late')); await new Promise(() => {});",
      "late",
    ],
    [
      "what the tenant does not emulate",
      "api.multifactor.enable('any');",
      "api.multifactor.enable is not emulated by the local tenant",
    ],
  ])("fail by %s", async (_way, body, message) => {
    expect(await run(body)).toMatchObject({ ok: false, failure: { kind: "error", message, by: "a" } });
  });

  it("fail without the handler of their trigger", async () => {
    const action = { name: "a", code: "exports.other = 1;", secrets: {} };
    const { result } = await runtime.runActions("post-login", [action], event);
    expect(result).toMatchObject({
      ok: false,
      failure: { message: "exports.onExecutePostLogin is not a function" },
    });
  });

  it.each<[ActionTrigger, string, string, object]>([
    [
      "credentials-exchange",
      "onExecuteCredentialsExchange",
      "api.access.deny('invalid_scope', 'no')",
      { type: "access.deny", code: "invalid_scope", reason: "no", by: "a" },
    ],
    [
      "pre-user-registration",
      "onExecutePreUserRegistration",
      "api.access.deny('reason', 'message')",
      { type: "access.deny", reason: "reason", userMessage: "message", by: "a" },
    ],
    [
      "post-user-registration",
      "onExecutePostUserRegistration",
      "api.cache.delete('x')",
      { type: "cache.delete", name: "x", by: "a" },
    ],
  ])("of %s have the api of their trigger", async (trigger, handler, call, effect) => {
    const action = {
      name: "a",
      code: `exports.${handler} = async (event, api) => { ${call}; };`,
      secrets: {},
    };
    expect((await runtime.runActions(trigger, [action], {})).result).toEqual({ ok: true, value: [effect] });
  });
});
