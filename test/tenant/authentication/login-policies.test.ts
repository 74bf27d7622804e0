import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  AUDIENCE,
  CALLBACK,
  claimsOf,
  createEstate,
  DATABASE,
  type Estate,
  PASSWORD,
} from "../../support/estate.ts";

let estate: Estate;
beforeEach(async () => {
  estate = await createEstate();
  await estate.signUp("ada@example.com");
});
afterEach(() => estate.tenant.close());

const addRule = (name: string, script: string, order: number) =>
  estate.manage("POST", "/rules", { name, script, order });

/** Claims of both tokens of a password login. */
const logIn = async (scope?: string) => {
  const { status, body } = await estate.logIn("ada@example.com", scope);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return { idToken: claimsOf(body.id_token), accessToken: claimsOf(body.access_token) };
};

describe("rules at login", () => {
  it("set claims, in order, and restricted names are dropped without a word", async () => {
    await addRule(
      "second",
      "(user, context, callback) => { context.idToken['https://acme.example/roles'].push('second'); callback(null, user, context); }",
      2,
    );
    await addRule(
      "first",
      "(user, context, callback) => { context.idToken['https://acme.example/roles'] = ['first']; context.idToken.roles = ['dropped']; context.accessToken['https://x.auth0.com/y'] = 1; context.accessToken['https://acme.example/plan'] = context.clientMetadata.plan; callback(null, user, context); }",
      1,
    );
    const { idToken, accessToken } = await logIn();
    expect(idToken).toMatchObject({ "https://acme.example/roles": ["first", "second"] });
    expect(idToken).not.toHaveProperty("roles");
    expect(accessToken).toMatchObject({ "https://acme.example/plan": "gold" });
    expect(accessToken).not.toHaveProperty(["https://x.auth0.com/y"]);
  });

  it("see the whole user and context", async () => {
    await addRule(
      "show",
      "(user, context, callback) => { console.log(JSON.stringify({ user, context })); callback(null, user, context); }",
      1,
    );
    await estate.manage("POST", "/users", {
      connection: DATABASE,
      email: "bob@example.com",
      password: PASSWORD,
      app_metadata: { seller: 7 },
    });
    await estate.logIn("bob@example.com", "openid read:orders");
    const line = estate.tenant.logs().find(({ type }) => type === "execution")?.details?.console as {
      text: string;
    }[];
    expect(JSON.parse(line[0]?.text ?? "")).toMatchObject({
      user: {
        user_id: expect.stringMatching(/^auth0\|/),
        email: "bob@example.com",
        seller: 7,
        app_metadata: { seller: 7 },
        identities: [{ connection: DATABASE, provider: "auth0", isSocial: false }],
      },
      context: {
        tenant: "localhost",
        clientID: estate.shop.client_id,
        clientName: "Shop",
        clientMetadata: { plan: "gold" },
        connection: DATABASE,
        connectionStrategy: "auth0",
        protocol: "oauth2-password",
        request: { ip: "127.0.0.1", body: { audience: AUDIENCE, scope: "openid read:orders" }, query: {} },
        stats: { loginsCount: 1 },
        authorization: { roles: [] },
        authentication: { methods: [{ name: "pwd" }] },
      },
    });
    expect(line[0]?.text).not.toContain(PASSWORD);
    expect(line[0]?.text).not.toContain("password_hash");
  });

  it("find app_metadata undefined unless the user has some, and count logins", async () => {
    await addRule(
      "show",
      "(user, context, callback) => { context.idToken['https://acme.example/seen'] = [typeof user.app_metadata, context.stats.loginsCount]; callback(null, user, context); }",
      1,
    );
    await logIn();
    expect((await logIn()).idToken).toMatchObject({ "https://acme.example/seen": ["undefined", 2] });
  });

  it.each([
    ["an UnauthorizedError", "callback(new UnauthorizedError('not you'))", 401, "unauthorized", "not you"],
    ["an Error", "callback(new Error('no'))", 403, "access_denied", "no"],
    ["a throw", "throw new TypeError('oops')", 403, "access_denied", "oops"],
  ])("deny by %s", async (_way, statement, status, error, error_description) => {
    await addRule("deny", `function (user, context, callback) { ${statement} }`, 1);
    expect(await estate.logIn("ada@example.com")).toEqual({ status, body: { error, error_description } });
  });

  it("replace the scopes that RBAC gives", async () => {
    await addRule(
      "scopes",
      "(user, context, callback) => { context.accessToken.scope = ['openid', 'write:orders']; callback(null, user, context); }",
      1,
    );
    expect((await logIn("openid read:orders")).accessToken).toMatchObject({ scope: "openid write:orders" });
  });

  it("do not run when they are disabled", async () => {
    await estate.manage("POST", "/rules", {
      name: "off",
      enabled: false,
      script: "() => { throw new Error('ran'); }",
    });
    await expect(logIn()).resolves.toBeDefined();
  });
});

describe("rules that call the tenant", () => {
  const listening = createEstate({ listen: true });
  afterAll(async () => (await listening).tenant.close());

  it("store metadata and roles, and the role counts in the token of the same login", async () => {
    const { manage, roleId, signUp, logIn: logInThere, tenant } = await listening;
    await manage("POST", "/rules", {
      name: "assign",
      script: `async function (user, context, callback) {
        try {
          await auth0.users.updateAppMetadata(user.user_id, { first: true });
          const response = await fetch(auth0.baseUrl + '/users/' + encodeURIComponent(user.user_id) + '/roles', {
            method: 'POST',
            headers: { authorization: 'Bearer ' + auth0.accessToken, 'content-type': 'application/json' },
            body: JSON.stringify({ roles: ['${roleId}'] }),
          });
          const viaHttps = await new Promise((resolve, reject) => require('https').get('https://' + auth0.domain + '/.well-known/jwks.json', (answer) => resolve(answer.statusCode)).on('error', reject));
          context.idToken['https://acme.example/status'] = [response.status, viaHttps, context.authorization.roles.length];
          callback(null, user, context);
        } catch (error) { callback(error); }
      }`,
    });
    await signUp("eve@example.com");
    const { status, body } = await logInThere("eve@example.com", "openid read:orders write:orders");
    expect({ status, error: body.error_description }).toEqual({ status: 200, error: undefined });
    expect(claimsOf(body.id_token)).toMatchObject({ "https://acme.example/status": [204, 200, 0] });
    expect(claimsOf(body.access_token)).toMatchObject({
      scope: "openid read:orders",
      permissions: ["read:orders"],
    });
    expect(await manage("GET", "/users")).toMatchObject([
      { email: "eve@example.com", app_metadata: { first: true } },
    ]);
    const token = tenant.calls().find(({ operation }) => operation === "updateUser");
    expect(token?.scopesUsed).toEqual(["update:users"]);
  });
});

describe("post-login actions", () => {
  const bind = (body: string) =>
    estate.bindAction("post-login", `exports.onExecutePostLogin = async (event, api) => { ${body} };`);

  it("run after rules, and win where both set a claim", async () => {
    await addRule(
      "rule",
      "(user, context, callback) => { context.idToken['https://acme.example/by'] = 'rule'; context.idToken['https://acme.example/rule'] = true; callback(null, user, context); }",
      1,
    );
    await bind("api.idToken.setCustomClaim('https://acme.example/by', 'action');");
    expect((await logIn()).idToken).toMatchObject({
      "https://acme.example/by": "action",
      "https://acme.example/rule": true,
    });
  });

  it("see the whole event, with their secrets", async () => {
    await bind("console.log(JSON.stringify(event));");
    await logIn("openid read:orders");
    const lines = estate.tenant.logs().find(({ type }) => type === "execution")?.details?.console as {
      text: string;
    }[];
    expect(JSON.parse(lines[0]?.text ?? "")).toMatchObject({
      authorization: { roles: [] },
      client: { client_id: estate.shop.client_id, name: "Shop", metadata: { plan: "gold" } },
      connection: { name: DATABASE, strategy: "auth0" },
      request: { ip: "127.0.0.1", method: "POST", geoip: { countryCode: "DE" } },
      resource_server: { identifier: AUDIENCE },
      secrets: { KEY: "secret value" },
      stats: { logins_count: 1 },
      tenant: { id: "localhost" },
      transaction: { protocol: "oauth2-password", requested_scopes: ["openid", "read:orders"], metadata: {} },
      user: { email: "ada@example.com", app_metadata: {}, user_metadata: {} },
    });
  });

  it("store metadata, also when they deny", async () => {
    await bind(
      "api.user.setAppMetadata('seen', true); api.user.setUserMetadata('gone', null); api.access.deny('not today');",
    );
    expect(await estate.logIn("ada@example.com")).toMatchObject({
      body: { error: "access_denied", error_description: "not today" },
    });
    expect(await estate.manage("GET", "/users")).toMatchObject([{ app_metadata: { seen: true } }]);
  });

  it("deny by a throw, and nothing is stored", async () => {
    await bind("api.user.setAppMetadata('seen', true); throw new Error('broken');");
    expect(await estate.logIn("ada@example.com")).toMatchObject({
      body: { error: "access_denied", error_description: "broken" },
    });
    const [user] = await estate.manage<object[]>("GET", "/users");
    expect(user).not.toHaveProperty("app_metadata");
  });

  it("add and remove scopes", async () => {
    await estate.manage("POST", "/roles", { name: "unused" });
    await bind("api.accessToken.addScope('write:orders'); api.accessToken.removeScope('openid');");
    const { body } = await estate.logIn("ada@example.com", "openid read:orders");
    expect(claimsOf(body.access_token)).toMatchObject({ aud: AUDIENCE, scope: "write:orders" });
    expect(body).not.toHaveProperty("id_token");
  });

  it("run again at a refresh", async () => {
    await bind("api.idToken.setCustomClaim('https://acme.example/protocol', event.transaction.protocol);");
    const first = await estate.logIn("ada@example.com", "openid offline_access");
    const second = await estate.post("/oauth/token", {
      grant_type: "refresh_token",
      client_id: estate.shop.client_id,
      refresh_token: first.body.refresh_token,
    });
    expect(claimsOf(second.body.id_token)).toMatchObject({
      "https://acme.example/protocol": "oauth2-refresh-token",
    });
    expect(claimsOf(second.body.access_token)).toMatchObject({
      gty: "refresh_token",
      scope: "openid offline_access",
    });
    expect(second.body).not.toHaveProperty("refresh_token");
  });

  it("deny at /authorize by a redirect to the callback, and again for the session that stays", async () => {
    await bind("api.access.deny('not you');");
    const browser = estate.browser();
    const visit = await estate.authorize(browser);
    if (visit.kind !== "page") throw new Error("no login page");
    const denied = {
      kind: "left",
      parameters: { error: "access_denied", error_description: "not you", state: "the-state" },
    };
    const left = await browser.submit(visit.page, { username: "ada@example.com", password: PASSWORD });
    expect(left).toMatchObject(denied);
    expect(left.kind === "left" && left.url.href.startsWith(CALLBACK)).toBe(true);
    expect(await estate.authorize(browser)).toMatchObject(denied);
  });
});
