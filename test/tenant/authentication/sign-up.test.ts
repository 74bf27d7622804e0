import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEstate, DATABASE, type Estate, PASSWORD } from "../../support/estate.ts";

let estate: Estate;
beforeEach(async () => {
  estate = await createEstate();
});
afterEach(() => estate.tenant.close());

const addHook = (triggerId: string, script: string) =>
  estate.manage("POST", "/hooks", { name: triggerId, triggerId, script, enabled: true });
const storedUser = (localId: string) =>
  estate.manage<Record<string, unknown>>("GET", `/users/auth0|${localId}`);

describe("sign-up", () => {
  it("stores a user of the connection and answers the id without prefix", async () => {
    const { status, body } = await estate.signUp("Ada@Example.com");
    expect({ status, body }).toEqual({
      status: 200,
      body: { _id: expect.stringMatching(/^[0-9a-f]{24}$/), email: "ada@example.com", email_verified: false },
    });
    expect(await storedUser(body._id)).toMatchObject({
      user_id: `auth0|${body._id}`,
      email: "ada@example.com",
      name: "ada@example.com",
      identities: [{ connection: DATABASE, provider: "auth0", isSocial: false, user_id: body._id }],
    });
  });

  it("refuses an address that is taken, in any case", async () => {
    await estate.signUp("ada@example.com");
    expect(await estate.signUp("ADA@example.com")).toMatchObject({
      status: 400,
      body: { code: "user_exists", description: "The user already exists." },
    });
  });

  it.each([
    ["a weak password", { password: "short" }, { code: "invalid_password", message: "Password is too weak" }],
    ["something that is no address", { email: "ada" }, { error: "invalid_request" }],
    ["an unknown client", { client_id: "nobody" }, { error: "invalid_request" }],
    ["a social connection", { connection: "google-oauth2" }, { error: "invalid_request" }],
    ["app_metadata of the caller's", { user_metadata: { deep: { er: 1 } } }, { error: "invalid_request" }],
  ])("refuses %s", async (_what, change, body) => {
    const sent = {
      client_id: estate.shop.client_id,
      connection: DATABASE,
      email: "ada@example.com",
      password: PASSWORD,
    };
    expect(await estate.post("/dbconnections/signup", { ...sent, ...change })).toMatchObject({
      status: 400,
      body,
    });
  });

  it("does not store app_metadata that is sent along", async () => {
    const { body } = await estate.post("/dbconnections/signup", {
      client_id: estate.shop.client_id,
      connection: DATABASE,
      email: "ada@example.com",
      password: PASSWORD,
      app_metadata: { roles: ["admin"] },
      user_metadata: { colour: "red" },
    });
    expect(await storedUser(body._id)).toMatchObject({ user_metadata: { colour: "red" } });
    expect(await storedUser(body._id)).not.toHaveProperty("app_metadata");
  });

  it("refuses a client for which the connection is not enabled", async () => {
    const other = await estate.manage<{ client_id: string }>("POST", "/clients", { name: "Other" });
    expect(
      await estate.post("/dbconnections/signup", {
        client_id: other.client_id,
        connection: DATABASE,
        email: "ada@example.com",
        password: PASSWORD,
      }),
    ).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  });
});

describe("the hook before registration", () => {
  it("sees the person in camel case and sets metadata that is stored with the user", async () => {
    await addHook(
      "pre-user-registration",
      "module.exports = (user, context, cb) => cb(null, { user: { app_metadata: { saw: [user.email, user.emailVerified, typeof user.password, user.id, context.connection.name] } } });",
    );
    const { body } = await estate.signUp("ada@example.com");
    expect(await storedUser(body._id)).toMatchObject({
      app_metadata: { saw: ["ada@example.com", false, "string", null, DATABASE] },
    });
  });

  it("denies with a message for the log and one for the person, and no user is stored", async () => {
    await addHook(
      "pre-user-registration",
      "module.exports = (user, context, cb) => cb(new PreUserRegistrationError('not from there', 'Please use your work address'));",
    );
    expect(await estate.signUp("ada@example.com")).toEqual({
      status: 400,
      body: {
        name: "InternalExtensibilityError",
        code: "extensibility_error",
        message: "not from there",
        friendly_message: "Please use your work address",
        description: "not from there",
        fromSandbox: true,
        statusCode: 400,
      },
    });
    expect(await estate.manage("GET", "/users")).toEqual([]);
  });
});

describe("the hook after registration", () => {
  const script =
    "module.exports = (user, context, cb) => { console.log('hello', user.id, typeof user.password); cb(null, {}); };";

  it("runs when the answer is given, with the id without prefix", async () => {
    await addHook("post-user-registration", script);
    const { body } = await estate.signUp("ada@example.com");
    await estate.tenant.settled();
    expect(estate.tenant.logs().filter(({ type }) => type === "execution")).toMatchObject([
      {
        user_id: `auth0|${body._id}`,
        details: {
          kind: "hook",
          trigger: "post-user-registration",
          outcome: "ok",
          console: [{ stream: "log", text: `hello ${body._id} undefined` }],
        },
      },
    ]);
  });

  it("does not run before its delay is over", async () => {
    const slow = await createEstate({ backgroundDelay: 60_000 });
    await slow.manage("POST", "/hooks", {
      name: "slow",
      triggerId: "post-user-registration",
      script,
      enabled: true,
    });
    expect(await slow.signUp("ada@example.com")).toMatchObject({ status: 200 });
    expect(slow.tenant.logs().map(({ type }) => type)).toEqual(["ss"]);
    await slow.tenant.close();
  });

  it("is logged as fpurh when it fails, and the sign-up stands", async () => {
    await addHook(
      "post-user-registration",
      "module.exports = (user, context, cb) => cb(new Error('no role'));",
    );
    expect(await estate.signUp("ada@example.com")).toMatchObject({ status: 200 });
    await estate.tenant.settled();
    expect(estate.tenant.logs().at(-1)).toMatchObject({ type: "fpurh", description: "no role" });
  });

  it("is ended when the tenant is closed", async () => {
    const closing = await createEstate({ network: ["127.0.0.1"] });
    const server = createServer(() => {}).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo; // not a pipe
    await closing.manage("POST", "/hooks", {
      name: "waits",
      triggerId: "post-user-registration",
      script: `module.exports = (user, context, cb) => fetch('http://127.0.0.1:${port}');`,
      enabled: true,
    });
    const begun = once(server, "request");
    await closing.signUp("ada@example.com");
    await begun;
    await expect(closing.tenant.close()).resolves.toBeUndefined();
    server.closeAllConnections();
    server.close();
  });
});
