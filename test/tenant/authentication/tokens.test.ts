import { createRemoteJWKSet, customFetch, jwtVerify } from "jose";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { AUDIENCE, claimsOf, createEstate, PASSWORD } from "../../support/estate.ts";

const estate = await createEstate();
const { tenant, shop, worker, manage, post } = estate;
const { body: ada } = await estate.signUp("ada@example.com");
await manage("POST", `/users/auth0|${ada._id}/roles`, { roles: [estate.roleId] });
afterAll(() => tenant.close());

const clientCredentials = (fields: Readonly<Record<string, string>> = {}) =>
  post("/oauth/token", {
    grant_type: "client_credentials",
    client_id: worker.client_id,
    client_secret: worker.client_secret,
    audience: AUDIENCE,
    ...fields,
  });

describe("a token for a client", () => {
  it("carries all granted scopes, and verifies by the published keys", async () => {
    const { status, body } = await clientCredentials();
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { scope: "read:orders", expires_in: 86_400 },
    });
    const { issuer, jwks_uri } = (await (await tenant.fetch("/.well-known/openid-configuration")).json()) as {
      issuer: string;
      jwks_uri: string;
    };
    const keys = createRemoteJWKSet(new URL(jwks_uri), {
      [customFetch]: (url, init) => tenant.fetch(url, init),
    });
    const { payload } = await jwtVerify(body.access_token, keys, { issuer, audience: AUDIENCE });
    expect(payload).toEqual({
      iss: `${tenant.url}/`,
      sub: `${worker.client_id}@clients`,
      aud: AUDIENCE,
      iat: expect.any(Number),
      exp: (payload.iat ?? 0) + 86_400,
      azp: worker.client_id,
      scope: "read:orders",
      gty: "client-credentials",
      permissions: ["read:orders"],
    });
  });

  it("is given for HTTP Basic as well, and for JSON", async () => {
    const basic = await tenant.fetch("/oauth/token", {
      method: "POST",
      headers: {
        authorization: `Basic ${btoa(`${worker.client_id}:${encodeURIComponent(worker.client_secret)}`)}`,
      },
      body: new URLSearchParams({ grant_type: "client_credentials", audience: AUDIENCE }),
    });
    expect(basic.status).toBe(200);
    const json = await tenant.fetch("/oauth/token", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        grant_type: "client_credentials",
        audience: AUDIENCE,
        client_id: worker.client_id,
        client_secret: worker.client_secret,
      }),
    });
    expect(json.status).toBe(200);
  });

  it("is good for the Management API for the client of deployments", async () => {
    const { body } = await clientCredentials({
      client_id: tenant.deployer.clientId,
      client_secret: tenant.deployer.clientSecret,
      audience: `${tenant.url}/api/v2/`,
    });
    const answer = await tenant.fetch("/api/v2/roles", {
      headers: { authorization: `Bearer ${body.access_token}` },
    });
    expect(answer.status).toBe(200);
  });

  it("without an audience is no JWT", async () => {
    const { status, body } = await clientCredentials({ audience: "" });
    expect(status).toBe(200);
    expect(body.access_token.split(".")).toHaveLength(1);
  });

  it.each([
    ["a wrong secret", { client_secret: "wrong" }, 401, "access_denied", "Unauthorized"],
    ["an unknown client", { client_id: "nobody" }, 401, "access_denied", "Unauthorized"],
    ["no client", { client_id: "" }, 400, "invalid_request", "Missing required parameter: client_id"],
    [
      "an unknown API",
      { audience: "https://nothing" },
      403,
      "access_denied",
      "Service not enabled within domain: https://nothing",
    ],
    [
      "a scope that is not granted",
      { scope: "read:orders write:orders" },
      403,
      "access_denied",
      "Client has not been granted scopes: write:orders",
    ],
    [
      "an unknown grant type",
      { grant_type: "magic" },
      403,
      "unsupported_grant_type",
      "Unsupported grant type: magic",
    ],
    [
      "a grant type that is not the client's",
      { grant_type: "password" },
      403,
      "unauthorized_client",
      "Grant type 'password' not allowed for the client.",
    ],
  ])("is refused for %s", async (_what, fields, status, error, error_description) => {
    expect(await clientCredentials(fields)).toEqual({ status, body: { error, error_description } });
  });

  it("is refused without a client grant", async () => {
    const answer = await clientCredentials({ audience: `${tenant.url}/api/v2/` });
    expect(answer).toMatchObject({ status: 403, body: { error: "access_denied" } });
    expect(answer.body.error_description).toContain(
      'You need to create a "client-grant" associated to this API.',
    );
  });
});

describe("policies of the token exchange", () => {
  const trigger = "credentials-exchange";
  const withHook = async (statements: string) => {
    const { id } = await manage<{ id: string }>("POST", "/hooks", {
      name: "exchange",
      triggerId: trigger,
      enabled: true,
      script: `module.exports = (client, scope, audience, context, cb) => { ${statements} };`,
    });
    return id;
  };
  let hookId: string | undefined;
  afterEach(async () => {
    if (hookId !== undefined) await manage("DELETE", `/hooks/${hookId}`);
    hookId = undefined;
    await manage("PATCH", `/actions/triggers/${trigger}/bindings`, { bindings: [] });
  });

  it("change scopes and set namespaced claims by a hook", async () => {
    hookId = await withHook(
      "cb(null, { scope: scope.concat('extra'), 'https://acme.example/for': [client.name, audience], plain: 1, 'https://x.auth0.com/y': 1 })",
    );
    const claims = claimsOf((await clientCredentials()).body.access_token);
    expect(claims).toMatchObject({
      scope: "read:orders extra",
      "https://acme.example/for": ["Worker", AUDIENCE],
    });
    expect(Object.keys(claims)).not.toContain("plain");
    expect(Object.keys(claims)).not.toContain("https://x.auth0.com/y");
  });

  it("lose all scopes by a hook that does not say them", async () => {
    hookId = await withHook("cb(null, {})");
    expect(claimsOf((await clientCredentials()).body.access_token)).not.toHaveProperty("scope");
  });

  it.each([
    ["InvalidScopeError", 400, "invalid_scope"],
    ["InvalidRequestError", 400, "invalid_request"],
    ["ServerError", 500, "server_error"],
    ["Error", 500, "server_error"],
  ])("deny by a hook's %s", async (name, status, error) => {
    hookId = await withHook(`cb(new ${name}('no'))`);
    expect(await clientCredentials()).toEqual({ status, body: { error, error_description: "no" } });
  });

  it("set claims and deny by an action", async () => {
    await estate.bindAction(
      trigger,
      `exports.onExecuteCredentialsExchange = async (event, api) => {
        if (event.transaction.requested_scopes.length > 0) api.access.deny('invalid_scope', 'ask for nothing');
        api.accessToken.setCustomClaim('https://acme.example/saw', [event.client.name, event.accessToken.scope, event.resource_server.identifier]);
      };`,
    );
    expect(claimsOf((await clientCredentials()).body.access_token)).toMatchObject({
      scope: "read:orders",
      "https://acme.example/saw": ["Worker", ["read:orders"], AUDIENCE],
    });
    expect(await clientCredentials({ scope: "read:orders" })).toEqual({
      status: 400,
      body: { error: "invalid_scope", error_description: "ask for nothing" },
    });
  });
});

describe("a user's access token", () => {
  const api = `/resource-servers/${encodeURIComponent(AUDIENCE)}`;

  it.each([
    ["off", "access_token", "openid read:orders write:orders", "openid read:orders write:orders", undefined],
    ["on", "access_token", "openid read:orders write:orders", "openid read:orders", undefined],
    ["on", "access_token_authz", "openid read:orders write:orders", "openid read:orders", ["read:orders"]],
    ["on", "access_token_authz", "openid", "openid", ["read:orders"]],
    ["off", "access_token_authz", "openid read:nothing", "openid", undefined],
    ["on", "access_token_authz", "", "read:orders", ["read:orders"]],
    ["off", "access_token", "", "read:orders write:orders", undefined],
  ])(
    "with RBAC %s and %s, of scopes %j, has scope %j and permissions %j",
    async (rbac, dialect, requested, scope, permissions) => {
      await manage("PATCH", api, { enforce_policies: rbac === "on", token_dialect: dialect });
      const { body } = await estate.logIn("ada@example.com", requested);
      const claims = claimsOf(body.access_token);
      expect({ scope: claims.scope, permissions: claims.permissions }).toEqual({ scope, permissions });
      expect(claims.gty).toBe("password");
    },
  );

  it("in RFC 9068's form has client_id and jti, no azp and no gty", async () => {
    await manage("PATCH", api, { token_dialect: "rfc9068_profile" });
    const { body } = await estate.logIn("ada@example.com", "openid");
    expect(claimsOf(body.access_token)).toMatchObject({ client_id: shop.client_id, jti: expect.any(String) });
    expect(claimsOf(body.access_token)).not.toHaveProperty("azp");
    expect(claimsOf(body.access_token)).not.toHaveProperty("gty");
    expect(JSON.parse(atob(body.access_token.split(".")[0] ?? ""))).toMatchObject({
      typ: "at+jwt",
      alg: "RS256",
    });
  });

  it("for the Management API has only what concerns the user himself", async () => {
    const { body } = await post("/oauth/token", {
      grant_type: "http://auth0.com/oauth/grant-type/password-realm",
      realm: "Username-Password-Authentication",
      client_id: shop.client_id,
      username: "ada@example.com",
      password: PASSWORD,
      audience: `${tenant.url}/api/v2/`,
      scope: "openid read:users read:current_user",
    });
    expect(String(claimsOf(body.access_token).scope)).not.toContain("read:users");
  });

  it("is refused for a wrong password", async () => {
    expect(
      await post("/oauth/token", {
        grant_type: "http://auth0.com/oauth/grant-type/password-realm",
        realm: "Username-Password-Authentication",
        client_id: shop.client_id,
        username: "ada@example.com",
        password: "wrong",
      }),
    ).toEqual({
      status: 403,
      body: { error: "invalid_grant", error_description: "Wrong email or password." },
    });
  });
});

describe("a refresh token", () => {
  const refresh = (refresh_token: string) =>
    post("/oauth/token", { grant_type: "refresh_token", client_id: shop.client_id, refresh_token });
  const unknown = {
    status: 403,
    body: { error: "invalid_grant", error_description: "Unknown or invalid refresh token." },
  };

  it("comes with offline_access and works again and again", async () => {
    const { body } = await estate.logIn("ada@example.com", "openid offline_access");
    expect((await refresh(body.refresh_token)).status).toBe(200);
    expect((await refresh(body.refresh_token)).status).toBe(200);
  });

  it("with rotation works once", async () => {
    await manage("PATCH", `/clients/${shop.client_id}`, {
      refresh_token: {
        rotation_type: "rotating",
        expiration_type: "expiring",
        leeway: 0,
        token_lifetime: 3600,
      },
    });
    const { body } = await estate.logIn("ada@example.com", "openid offline_access");
    const next = await refresh(body.refresh_token);
    expect(next.status).toBe(200);
    expect(await refresh(body.refresh_token)).toEqual(unknown);
  });

  it("that is unknown is refused", async () => {
    expect(await refresh("nonsense")).toEqual(unknown);
  });
});

describe("/userinfo", () => {
  const userinfo = async (token: string) => {
    const response = await tenant.fetch("/userinfo", { headers: { authorization: `Bearer ${token}` } });
    return { status: response.status, body: await response.json() };
  };

  it("answers claims by scope and custom ID token claims, never metadata", async () => {
    await manage("POST", "/rules", {
      name: "claim",
      script:
        "(user, context, callback) => { context.idToken['https://acme.example/x'] = 1; callback(null, user, context); }",
    });
    await manage("PATCH", `/users/auth0|${ada._id}`, { app_metadata: { hidden: true } });
    const { body } = await estate.logIn("ada@example.com", "openid email");
    expect(await userinfo(body.access_token)).toEqual({
      status: 200,
      body: {
        sub: `auth0|${ada._id}`,
        email: "ada@example.com",
        email_verified: false,
        "https://acme.example/x": 1,
      },
    });
  });

  it.each([["nonsense"], ["a.b.c"]])("refuses %s", async (token) => {
    expect((await userinfo(token)).status).toBe(401);
  });

  it("refuses a client's token", async () => {
    expect((await userinfo((await clientCredentials()).body.access_token)).status).toBe(401);
  });
});

describe("/v2/logout", () => {
  it("goes only to an address that the client allows", async () => {
    const { client_id } = shop;
    const open = (returnTo: string) =>
      estate.browser().open(`${tenant.url}/v2/logout?${new URLSearchParams({ client_id, returnTo })}`);
    expect(await open("https://shop.example.com/")).toMatchObject({ kind: "left" });
    expect(await open("https://evil.example.com/")).toMatchObject({ kind: "page", page: { status: 400 } });
  });
});

describe("an endpoint that the tenant does not have", () => {
  it("answers 501 and its name", async () => {
    const response = await tenant.fetch("/dbconnections/nothing", { method: "POST" });
    expect(response.status).toBe(501);
    expect(await response.json()).toEqual({
      error: "not_emulated",
      error_description: "The local tenant does not have the endpoint POST /dbconnections/nothing",
    });
  });
});
