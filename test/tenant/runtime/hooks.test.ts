import { afterAll, describe, expect, it } from "vitest";
import { createRuntime, type HookTrigger } from "../../../tenant/runtime/index.ts";

const runtime = createRuntime();
const impatient = createRuntime({ deadline: 300 });
afterAll(() => {
  runtime.close();
  impatient.close();
});

const run = async (script: string, trigger: HookTrigger = "pre-user-registration", by = runtime) => {
  const hook = { name: "hook", trigger, script, secrets: { KEY: "value" } };
  const values =
    trigger === "credentials-exchange"
      ? [{ id: "worker", metadata: {} }, ["read:orders"], "https://api", {}]
      : [{ id: "1", email: "ada@example.com" }, { connection: { name: "db" } }];
  return (await by.runHook(hook, values)).result;
};

describe("hooks", () => {
  it("get their arguments, and their secrets in context.webtask", async () => {
    const script =
      "module.exports = (user, context, cb) => cb(null, { user: { app_metadata: { email: user.email, key: context.webtask.secrets.KEY, connection: context.connection.name } } });";
    expect(await run(script)).toEqual({
      ok: true,
      value: { user: { app_metadata: { email: "ada@example.com", key: "value", connection: "db" } } },
    });
  });

  it("send only the first result", async () => {
    expect(await run("module.exports = (user, context, cb) => cb(null, 1, 2);")).toEqual({
      ok: true,
      value: 1,
    });
  });

  it("take arguments by extensibility point", async () => {
    const script =
      "module.exports = function (client, scope, audience, context, cb) { cb(null, { scope: scope.concat('extra:' + client.id), audience }); };";
    expect(await run(script, "credentials-exchange")).toEqual({
      ok: true,
      value: { scope: ["read:orders", "extra:worker"], audience: "https://api" },
    });
  });

  it("deny with the error class of their family", async () => {
    expect(
      await run(
        "module.exports = (user, context, cb) => cb(new PreUserRegistrationError('for the log', 'for the person'));",
      ),
    ).toMatchObject({
      ok: false,
      failure: {
        name: "PreUserRegistrationError",
        message: "for the log",
        fields: { friendlyMessage: "for the person" },
      },
    });
    expect(
      await run(
        "module.exports = (client, scope, audience, context, cb) => cb(new InvalidScopeError('no'));",
        "credentials-exchange",
      ),
    ).toMatchObject({ ok: false, failure: { message: "no", fields: { code: "invalid_scope" } } });
  });

  it("must not declare an error class of their family again", async () => {
    expect(
      await run("class PreUserRegistrationError extends Error {}\nmodule.exports = (u, c, cb) => cb();"),
    ).toMatchObject({
      ok: false,
      failure: { name: "SyntaxError" },
    });
  });

  it("turn what is no error but given as one into an error", async () => {
    expect(await run("module.exports = (user, context, cb) => cb({ message: 'plain' });")).toMatchObject({
      ok: false,
      failure: { name: "Error", message: "plain" },
    });
  });

  it("fail when the result cannot be written as JSON", async () => {
    expect(
      await run("module.exports = (user, context, cb) => { user.self = user; cb(null, { user }); };"),
    ).toMatchObject({
      failure: { message: "Error when JSON serializing the result of the extension point" },
    });
  });

  it("are stopped at the deadline when they return without calling back", async () => {
    expect(await run("module.exports = async () => ({ user: {} });", undefined, impatient)).toMatchObject({
      ok: false,
      failure: { kind: "deadline", message: "Request to Webtask exceeded allowed execution time" },
    });
  });
});
