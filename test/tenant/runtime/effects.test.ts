import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { createRuntime } from "../../../tenant/runtime/index.ts";

const runtime = createRuntime();
const impatient = createRuntime({ deadline: 300 });
afterAll(() => {
  runtime.close();
  impatient.close();
});

const globals = { accessToken: "", domain: "", baseUrl: "", configuration: { AUTHZ_EXT_API_KEY: "key" } };
const rules = (...scripts: readonly string[]) =>
  scripts.map((script, index) => ({ name: `rule ${index + 1}`, script }));
const actions = (...bodies: readonly string[]) =>
  bodies.map((body, index) => ({
    name: `action ${index + 1}`,
    code: `exports.onExecutePostLogin = async (event, api) => { ${body} };`,
    secrets: {},
  }));

describe("an execution's steps", () => {
  it("say which rule changed which claim, scope and field of the user", async () => {
    const { steps } = await runtime.runRules(
      rules(
        "(user, context, cb) => { context.idToken.a = 1; user.note = 'x'; delete user.gone; cb(null, user, context); }",
        "(user, context, cb) => { context.idToken.a = [2]; context.accessToken.scope = ['read:x']; cb(null, user, context); }",
        "(user, context, cb) => cb(null, user, context)",
      ),
      { gone: true },
      { idToken: {}, accessToken: {} },
      globals,
    );
    expect(steps.map(({ name, outcome, effects }) => ({ name, outcome, effects }))).toEqual([
      {
        name: "rule 1",
        outcome: "ok",
        effects: [
          { type: "user.set", name: "note", value: "x" },
          { type: "idToken.setCustomClaim", name: "a", value: 1 },
          { type: "user.set", name: "gone", value: null },
        ],
      },
      {
        name: "rule 2",
        outcome: "ok",
        effects: [
          { type: "idToken.setCustomClaim", name: "a", value: [2] },
          { type: "accessToken.setCustomClaim", name: "scope", value: ["read:x"] },
        ],
      },
      { name: "rule 3", outcome: "ok", effects: [] },
    ]);
  });

  it("say what actions asked for, but not what they cached, and which did not run", async () => {
    const { steps, console } = await runtime.runActions(
      "post-login",
      actions(
        "api.cache.set('token', 'hush'); api.user.setAppMetadata('a', 1); console.log('one');",
        "api.access.deny('no'); console.log('two');",
        "console.log('three');",
      ),
      {},
    );
    expect(steps).toMatchObject([
      {
        outcome: "ok",
        effects: [
          { type: "cache.set", name: "token" },
          { type: "user.setAppMetadata", name: "a", value: 1 },
        ],
      },
      { outcome: "ok", effects: [{ type: "access.deny", name: "no" }] },
      { name: "action 3", outcome: "not-run", milliseconds: 0, effects: [] },
    ]);
    expect(JSON.stringify(steps)).not.toContain("hush");
    expect(console.map(({ by, text }) => [by, text])).toEqual([
      ["action 1", "one"],
      ["action 2", "two"],
    ]);
  });

  it("say which policy failed, and what it had done until then", async () => {
    const { steps } = await runtime.runActions(
      "post-login",
      actions("", "api.user.setAppMetadata('a', 1); throw new Error('no');", ""),
      {},
    );
    expect(steps).toMatchObject([
      { outcome: "ok" },
      { outcome: "error", effects: [{ type: "user.setAppMetadata" }] },
      { outcome: "not-run" },
    ]);
  });

  it("say which policy did not come to its end", async () => {
    const { steps } = await impatient.runRules(
      rules("(user, context, cb) => cb()", "() => {}", "(user, context, cb) => cb()"),
      {},
      {},
      globals,
    );
    expect(steps.map(({ outcome }) => outcome)).toEqual(["ok", "deadline", "not-run"]);
  });

  it("say how large a value is that is too large to tell", async () => {
    const { steps } = await runtime.runActions(
      "post-login",
      actions("api.user.setAppMetadata('a', 'x'.repeat(5000));"),
      {},
    );
    expect(steps[0]?.effects).toEqual([
      { type: "user.setAppMetadata", name: "a", value: "… (5002 characters)" },
    ]);
  });
});

describe("a rule of the Authorization Extension's kind", () => {
  it("asks the extension by the global request and lodash-free code, and denies by what it answers", async () => {
    const server = createServer((request, response) => {
      const keyed = request.headers["x-api-key"] === "key";
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ roles: keyed ? ["admin"] : [], groups: [], permissions: ["read"] }));
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const extended = createRuntime({ network: () => [host] });
    const { result, steps } = await extended.runRules(
      rules(
        `/*
          * published by an extension
          */
        function (user, context, callback) {
          getPolicy(user, context, function (err, res, data) {
            if (err) return callback(new UnauthorizedError('Authorization Extension: ' + err.message));
            if (res.statusCode !== 200) return callback(new UnauthorizedError('Authorization Extension: ' + res.statusCode));
            user.roles = data.roles;
            user.permissions = data.permissions;
            return callback(null, user, context);
          });
          function getPolicy(user, context, cb) {
            request.post({
              url: 'http://${host}/api/users/' + user.user_id + '/policy/' + context.clientID,
              headers: { 'x-api-key': configuration.AUTHZ_EXT_API_KEY },
              json: { connectionName: context.connection || user.identities[0].connection, groups: [] },
              timeout: 5000
            }, cb);
          }
        }`,
        "(user, context, callback) => { context.idToken['https://acme/roles'] = user.roles; callback(null, user, context); }",
      ),
      { user_id: "auth0|1" },
      { clientID: "shop", connection: "db", idToken: {} },
      globals,
    );
    extended.close();
    server.close();
    expect(result).toMatchObject({ value: { context: { idToken: { "https://acme/roles": ["admin"] } } } });
    expect(steps[0]?.effects[0]).toEqual({
      type: "request",
      name: `POST http://${host}/api/users/auth0|1/policy/shop`,
      value: 200,
    });
  });
});
