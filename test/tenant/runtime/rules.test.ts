import { afterAll, describe, expect, it } from "vitest";
import { createRuntime } from "../../../tenant/runtime/index.ts";

const runtime = createRuntime();
afterAll(() => runtime.close());

const globals = {
  accessToken: "management-token",
  domain: "acme.local",
  baseUrl: "https://acme.local/api/v2",
  configuration: { SIZE: "12" },
};
const user = { user_id: "auth0|1", email: "ada@example.com" };
const context = { clientID: "shop", stats: { loginsCount: 1 } };

/** Runs rules, named by their position, on the user and context above. */
const run = (...scripts: readonly string[]) =>
  runtime.runRules(
    scripts.map((script, index) => ({ name: `rule ${index + 1}`, script })),
    user,
    context,
    globals,
  );

/** Code and message of the failure of the only or last rule. */
const failureOf = async (...scripts: readonly string[]) => {
  const { result } = await run(...scripts);
  if (result.ok) throw new Error("the rules did not fail");
  const { kind, name, message, fields, by } = result.failure;
  return { kind, name, message, code: fields.code, by };
};

describe("rules", () => {
  it("run in order on one user and one context", async () => {
    const { result } = await run(
      "function (user, context, callback) { user.seen = ['first']; callback(null, user, context); }",
      "function named(user, context, callback) { context.idToken = { 'https://acme/seen': user.seen.concat('second') }; callback(null, user, context); }",
    );
    expect(result).toEqual({
      ok: true,
      value: {
        user: { ...user, seen: ["first"] },
        context: { ...context, idToken: { "https://acme/seen": ["first", "second"] } },
      },
    });
  });

  it("may be async functions with a comment in front", async () => {
    const { result } = await run(
      "/* one\n two */ async (user, context, callback) => { await 0; context.done = true; callback(null, user, context); }",
    );
    expect(result).toMatchObject({ ok: true, value: { context: { done: true } } });
  });

  it("keep user and context when they call back with nothing", async () => {
    const { result } = await run("(user, context, callback) => { user.extra = 1; callback(); }");
    expect(result).toMatchObject({ ok: true, value: { user: { extra: 1 }, context } });
  });

  it("find auth0, configuration and the access token as globals", async () => {
    const { result } = await run(
      "(user, context, callback) => { context.seen = [auth0.accessToken, auth0.domain, auth0.baseUrl, configuration.SIZE, typeof auth0.users.updateAppMetadata]; callback(null, user, context); }",
    );
    expect(result).toMatchObject({
      value: {
        context: { seen: ["management-token", "acme.local", "https://acme.local/api/v2", "12", "function"] },
      },
    });
  });

  it("load Node's own modules by the global require", async () => {
    const { result } = await run(
      "(user, context, callback) => { context.hash = require('crypto').createHmac('sha256', 'k').update(user.email).digest('hex').length; callback(); }",
    );
    expect(result).toMatchObject({ value: { context: { hash: 64 } } });
  });

  it("find in global what earlier executions left there, as far as JSON carries it, until it is forgotten", async () => {
    const read =
      "(user, context, callback) => { context.kept = [global.kept, typeof global.lost]; callback(); }";
    await run("(user, context, callback) => { global.kept = { a: 1 }; global.lost = () => 1; callback(); }");
    expect(await run(read)).toMatchObject({
      result: { value: { context: { kept: [{ a: 1 }, "undefined"] } } },
    });
    runtime.forget();
    expect(await run(read)).toMatchObject({ result: { value: { context: { kept: [null, "undefined"] } } } });
  });

  it("do not see what earlier executions did to the language", async () => {
    await run("(user, context, callback) => { Array.prototype.left = 1; JSON.parse = null; callback(); }");
    const { result } = await run(
      "(user, context, callback) => { context.left = [typeof [].left, typeof JSON.parse]; callback(); }",
    );
    expect(result).toMatchObject({ value: { context: { left: ["undefined", "function"] } } });
  });

  it("stop at the first error, with its class and code", async () => {
    expect(
      await failureOf(
        "(user, context, callback) => callback(new UnauthorizedError('not you'))",
        "(user, context, callback) => { throw new Error('never reached'); }",
      ),
    ).toEqual({
      kind: "error",
      name: "UnauthorizedError",
      message: "not you",
      code: "unauthorized",
      by: "rule 1",
    });
  });

  it.each([
    ["an error given back", "(u, c, callback) => callback(new Error('no'))"],
    ["a string given back", "(u, c, callback) => callback('no')"],
    ["a throw", "() => { throw new Error('no'); }"],
    ["a throw after the callback", "(u, c, callback) => { callback(null, u, c); throw new Error('no'); }"],
    ["a rejection nobody handles", "async () => { await 0; throw new Error('no'); }"],
    ["a throw in a timer", "() => { setTimeout(() => { throw new Error('no'); }, 0); }"],
  ])("fail by %s", async (_way, script) => {
    expect(await failureOf(script)).toEqual({
      kind: "error",
      name: "Error",
      message: "no",
      code: undefined,
      by: "rule 1",
    });
  });

  it("fail by calling back twice", async () => {
    expect(
      await failureOf(
        "(u, c, callback) => { callback(null, u, c); try { callback(null, u, c); } catch {} }",
        "(u, c, callback) => callback(null, u, c)",
      ),
    ).toMatchObject({ message: "Callback was already called." });
  });

  it.each([
    ["a semicolon at the end", "function (user, context, callback) { callback(); };", "SyntaxError"],
    ["a syntax error", "function (user, context, callback) { callback( }", "SyntaxError"],
    ["no function", "42", "TypeError"],
  ])("fail by %s", async (_what, script, name) => {
    expect(await failureOf(script)).toMatchObject({ kind: "error", name, by: "rule 1" });
  });

  it("fail all when a later one has a syntax error", async () => {
    const { result, console } = await run(
      "(user, context, callback) => { console.log('ran'); callback(); }",
      "(user, context, callback) => {",
    );
    expect(result).toMatchObject({ ok: false, failure: { name: "SyntaxError", by: "rule 2" } });
    expect(console).toEqual([]);
  });
});
