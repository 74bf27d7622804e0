import { decodeProtectedHeader } from "jose";
import { describe, expect, it } from "vitest";
import { createTenant } from "../../../tenant/index.ts";
import { operations } from "../../../tenant/management/operations.ts";
import { managementScopes } from "../../../tenant/management/scopes.ts";
import { managementApi } from "../support/management.ts";

const { call, tenant } = managementApi();

const bearer = async (...scopes: string[]) => `Bearer ${await tenant().managementToken(scopes)}`;
const withoutSignature = (token: string) => `${token.split(".").slice(0, 2).join(".")}.`;
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a call of the Management API", () => {
  it("without a token is 401", async () => {
    expect(await call("GET", "/roles", undefined, "")).toEqual({
      status: 401,
      body: {
        statusCode: 401,
        error: "Unauthorized",
        message: "Missing authentication",
        attributes: { error: "Missing authentication" },
      },
    });
  });

  it("with something that is no JWT is 400", async () => {
    expect(await call("GET", "/roles", undefined, "Bearer opaque")).toEqual({
      status: 400,
      body: {
        statusCode: 400,
        error: "Bad Request",
        message: "Bad HTTP authentication header format",
        errorCode: "Bearer",
      },
    });
  });

  it("with a token of nobody's key, or of none, is 401", async () => {
    const token = await tenant().managementToken();
    const [, claims] = token.split(".");
    const unsigned = `${part({ alg: "none", typ: "JWT" })}.${claims}.`;
    for (const bad of [withoutSignature(token), unsigned, `${token.slice(0, -8)}AAAAAAAA`])
      expect(await call("GET", "/roles", undefined, `Bearer ${bad}`)).toMatchObject({
        status: 401,
        body: { message: "Invalid token", attributes: { error: "Invalid token" } },
      });
  });

  it("with a token that has ended is 401", async () => {
    const authorization = await bearer("read:roles");
    tenant().clock.advance(86_401_000);
    const answer = await call("GET", "/roles", undefined, authorization);
    tenant().clock.advance(-86_401_000);
    expect(answer).toMatchObject({
      status: 401,
      body: { message: expect.stringContaining("Expired token") },
    });
  });

  it("with a token that was good is 401 once it has ended or its key is revoked", async () => {
    const own = await createTenant({ listen: false });
    const token = await own.managementToken();
    const ask = async (method: string, path: string, bearer = token) =>
      (await own.fetch(`/api/v2${path}`, { method, headers: { authorization: `Bearer ${bearer}` } })).status;

    expect(await ask("GET", "/roles")).toBe(200);
    own.clock.advance(86_401_000);
    expect(await ask("GET", "/roles")).toBe(401);
    own.clock.advance(-86_401_000);
    expect(await ask("GET", "/roles")).toBe(200);

    expect(await ask("POST", "/keys/signing/rotate")).toBe(201);
    expect(await ask("GET", "/roles")).toBe(200);
    const { kid } = decodeProtectedHeader(token);
    expect(await ask("PUT", `/keys/signing/${kid}/revoke`, await own.managementToken())).toBe(200);
    expect(await ask("GET", "/roles")).toBe(401);
    await own.close();
  });

  it("without any of the scopes is 403 and names them", async () => {
    expect(
      await call("POST", "/users/auth0%7Cx/roles", { roles: ["rol_x"] }, await bearer("read:users")),
    ).toEqual({
      status: 403,
      body: {
        statusCode: 403,
        error: "Forbidden",
        message: "Insufficient scope, expected any of: update:users,create:role_members",
        errorCode: "insufficient_scope",
      },
    });
  });

  it("that reads memberships needs all of its scopes", async () => {
    expect(
      await call("GET", "/users/auth0%7Cx/roles", undefined, await bearer("read:users", "read:roles")),
    ).toMatchObject({
      status: 403,
      body: { message: "Insufficient scope, expected all of: read:users,read:roles,read:role_members" },
    });
  });

  it("is refused before its body is looked at", async () => {
    expect((await call("POST", "/roles", { nonsense: 1 }, await bearer("read:roles"))).status).toBe(403);
  });

  it("with a body that is no JSON is 400", async () => {
    expect(await call("POST", "/roles", "{name")).toMatchObject({
      status: 400,
      body: { errorCode: "invalid_body" },
    });
  });

  it("with a huge body is 413", async () => {
    expect((await call("POST", "/roles", { name: "x".repeat(2_000_001) })).status).toBe(413);
  });

  it("of an endpoint that is not emulated is 501 and names it", async () => {
    expect(await call("GET", "/branding/themes/default")).toEqual({
      status: 501,
      body: {
        statusCode: 501,
        error: "Not Implemented",
        message: "The local tenant does not have the endpoint GET /api/v2/branding/themes/default",
        errorCode: "not_emulated",
      },
    });
  });
});

describe("a client", () => {
  const fieldsSeenWith = async (...scopes: string[]) => {
    const { body } = await call<{ clients: readonly Record<string, unknown>[] }>(
      "GET",
      "/clients?include_totals=true",
      undefined,
      await bearer(...scopes),
    );
    const client = body.clients.find(({ client_id }) => client_id === tenant().deployer.clientId);
    return new Set(Object.keys(client ?? {}));
  };

  it("shows its secret only to those who may read keys or credentials", async () => {
    expect(await fieldsSeenWith("read:clients")).not.toContain("client_secret");
    expect(await fieldsSeenWith("read:clients")).toContain("grant_types");
    expect(await fieldsSeenWith("read:client_keys")).toContain("client_secret");
    expect(await fieldsSeenWith("read:client_keys")).toContain("grant_types");
    expect(await fieldsSeenWith("read:client_credentials")).toContain("client_secret");
    expect(await fieldsSeenWith("read:client_credentials")).not.toContain("grant_types");
  });

  it("shows no more than who it is with the summary's scope", async () => {
    expect([...(await fieldsSeenWith("read:client_summary"))].sort()).toEqual([
      "app_type",
      "client_id",
      "name",
      "tenant",
    ]);
  });
});

describe("the call log", () => {
  it("says what was called, by whom, with which scopes, and no query, body or header", async () => {
    await call("GET", "/users?q=email:ada@example.com");
    await call("GET", "/nothing/here");
    expect(tenant().calls()).toEqual([
      {
        at: expect.any(String),
        operation: "listUsers",
        method: "GET",
        path: "/api/v2/users",
        status: 200,
        milliseconds: expect.any(Number),
        clientId: tenant().deployer.clientId,
        scopesUsed: ["read:users", "read:user_idp_tokens"],
      },
      expect.objectContaining({
        operation: "unknown",
        path: "/api/v2/nothing/here",
        status: 501,
        scopesUsed: [],
      }),
    ]);
  });
});

describe("the table of operations", () => {
  it("names only scopes that the Management API defines", () => {
    const defined = new Set(managementScopes.map(({ value }) => value));
    const named = Object.values(operations).flatMap(({ scopes }) =>
      "anyOf" in scopes ? scopes.anyOf : scopes.allOf,
    );
    expect(named.filter((scope) => !defined.has(scope))).toEqual([]);
  });

  const place = (path: string) => path.replace(/:\w+/g, "x");

  it.each(Object.entries(operations))(
    "refuses %s to a token with every scope but those it needs, and says which",
    async (_, { method, path, scopes }) => {
      const needed = "anyOf" in scopes ? scopes.anyOf : scopes.allOf;
      // Where all are needed, one that is missing is enough.
      const without = new Set<string>("anyOf" in scopes ? needed : needed.slice(0, 1));
      const held = managementScopes.map(({ value }) => value).filter((scope) => !without.has(scope));
      expect(await call(method, place(path), undefined, await bearer(...held))).toEqual({
        status: 403,
        body: {
          statusCode: 403,
          error: "Forbidden",
          message: `Insufficient scope, expected ${"anyOf" in scopes ? "any" : "all"} of: ${needed.join(",")}`,
          errorCode: "insufficient_scope",
        },
      });
    },
  );

  it.each(Object.entries(operations))("is content with what it says for %s", async (_, operation) => {
    const { method, path, scopes } = operation;
    const enough = "anyOf" in scopes ? scopes.anyOf.map((scope) => [scope]) : [scopes.allOf];
    for (const held of enough) {
      const { status } = await call(method, place(path), undefined, await bearer(...held));
      expect(`${held}: ${status}`).not.toBe(`${held}: 403`);
    }
  });
});
