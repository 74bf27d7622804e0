import fc from "fast-check";
import { type JWTPayload, SignJWT } from "jose";
import { afterAll, describe, expect, it } from "vitest";
import type { Tenant } from "../../../tenant/index.ts";
import { AUDIENCE, CALLBACK, createEstate, DATABASE, PASSWORD, VERIFIER } from "../../support/estate.ts";

const estate = await createEstate();
const { tenant, shop, manage, post } = estate;
const { body: ada } = await estate.signUp("ada@example.com");
afterAll(() => tenant.close());

/** Everything but the logs and what one login leaves behind. */
const stateOf = (of: Tenant) => {
  const { logs: _, ...rest } = of.snapshot();
  return JSON.stringify(rest);
};

describe("a broken token", async () => {
  const { keys } = (await (await tenant.fetch("/.well-known/jwks.json")).json()) as { keys: object[] };
  const [current] = await manage<{ kid: string }[]>("GET", "/keys/signing");
  const { access_token, id_token } = (await estate.logIn("ada@example.com")).body;
  const now = () => tenant.clock.seconds();
  const claims = (audience: string, other: JWTPayload = {}): JWTPayload => ({
    iss: `${tenant.url}/`,
    sub: `auth0|${ada._id}`,
    aud: audience,
    iat: now(),
    exp: now() + 3600,
    azp: shop.client_id,
    scope: "openid read:users read:roles",
    ...other,
  });
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = (payload: JWTPayload, secret: string) =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: "HS256", ...(current && { kid: current.kid }) })
      .sign(new TextEncoder().encode(secret));

  const broken = (audience: string): [string, () => string | Promise<string>][] => [
    ["that is no JWT", () => "nonsense"],
    ["of three parts of nonsense", () => "a.b.c"],
    [
      "that is not signed",
      () => `${encode({ alg: "none", kid: current?.kid })}.${encode(claims(audience))}.`,
    ],
    ["that is not signed, in capitals", () => `${encode({ alg: "NONE" })}.${encode(claims(audience))}.`],
    ["signed by HMAC with the public key", () => signed(claims(audience), JSON.stringify(keys[0]))],
    ["signed by HMAC with nothing", () => signed(claims(audience), "\0")],
    [
      "of another key's id",
      () => `${encode({ alg: "RS256", kid: "../../etc/passwd" })}.${encode(claims(audience))}.AAAA`,
    ],
    [
      "with claims that were changed",
      () => {
        const [head, , signature] = access_token.split(".");
        return `${head}.${encode(claims(audience))}.${signature}`;
      },
    ],
    ["for the client, an ID token", () => id_token],
  ];

  it.each(broken(`${tenant.url}/userinfo`))("%s is refused at /userinfo", async (_what, make) => {
    const response = await tenant.fetch("/userinfo", {
      headers: { authorization: `Bearer ${await make()}` },
    });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toMatch(/^Bearer\b/);
  });

  it.each(broken(`${tenant.url}/api/v2/`))("%s is refused at the Management API", async (_what, make) => {
    const response = await tenant.fetch("/api/v2/roles", {
      headers: { authorization: `Bearer ${await make()}` },
    });
    expect([400, 401]).toContain(response.status);
  });

  it("of a user for an API is no token for the Management API, nor one that has expired for /userinfo", async () => {
    const headers = { authorization: `Bearer ${access_token}` };
    expect((await tenant.fetch("/api/v2/roles", { headers })).status).toBe(401);
    expect((await tenant.fetch("/userinfo", { headers })).status).toBe(200);
    tenant.clock.advance(86_400_000);
    expect((await tenant.fetch("/userinfo", { headers })).status).toBe(401);
  });
});

describe("an authorization code that is shown again", () => {
  it("ends the tokens that were given for it", async () => {
    const browser = estate.browser();
    const visit = await estate.authorize(browser, { scope: "openid offline_access", audience: "" });
    if (visit.kind !== "page") throw new Error("no page");
    const left = await browser.submit(visit.page, { username: "ada@example.com", password: PASSWORD });
    const code = (left.kind === "left" && left.parameters.code) || "";
    const { body } = await estate.redeem(code);
    const userinfo = async () =>
      (await tenant.fetch("/userinfo", { headers: { authorization: `Bearer ${body.access_token}` } })).status;
    expect(await userinfo()).toBe(200);
    expect((await estate.redeem(code)).status).toBe(403);
    expect(await userinfo()).toBe(401);
    const refreshed = await post("/oauth/token", {
      grant_type: "refresh_token",
      client_id: shop.client_id,
      refresh_token: body.refresh_token,
    });
    expect(refreshed).toMatchObject({ status: 403, body: { error: "invalid_grant" } });
  });
});

describe("a redirect", () => {
  const statusOf = async (redirect_uri: string) => {
    const visit = await estate.authorize(estate.browser(), { redirect_uri, prompt: "none" });
    return visit.kind === "page" ? visit.page.status : visit.url.origin;
  };

  it.each([
    "https://evil.example.com/callback",
    `${CALLBACK}/../evil`,
    `${CALLBACK}?next=https://evil.example.com`,
    `${CALLBACK}#fragment`,
    "https://shop.example.com@evil.example.com/callback",
    "https://shop.example.com.evil.example.com/callback",
    "https://SHOP.example.com/callback/",
    "http://shop.example.com/callback",
    "//evil.example.com/callback",
    "javascript:alert(1)",
    `${CALLBACK}\r\nSet-Cookie: a=b`,
    `${CALLBACK}\0`,
  ])("to %j is refused", async (redirect_uri) => {
    expect(await statusOf(redirect_uri)).toBe(403);
  });

  it("to a wildcard's subdomain stays below it", async () => {
    await manage("PATCH", `/clients/${shop.client_id}`, {
      callbacks: [CALLBACK, "https://*.apps.example.com/cb"],
    });
    expect(await statusOf("https://one.apps.example.com/cb")).toBe("https://one.apps.example.com");
    for (const wrong of [
      "https://apps.example.com/cb",
      "https://a.b.apps.example.com/cb",
      "https://evil.com/.apps.example.com/cb",
      "https://evil.com?.apps.example.com/cb",
      "https://evil.com#.apps.example.com/cb",
      "https://user@x.apps.example.com/cb",
      "https://one.apps.example.com/cb/more",
      "https://one.apps.example.com:8443/cb",
      "https://*.apps.example.com.evil.com/cb",
    ])
      expect(await statusOf(wrong), wrong).toBe(403);
    await manage("PATCH", `/clients/${shop.client_id}`, { callbacks: [CALLBACK] });
  });

  it("carries a state with line breaks encoded, and sets no header by it", async () => {
    const state = "x\r\nSet-Cookie: stolen=1\r\n\r\n<script>";
    const response = await tenant.fetch(
      `/authorize?${new URLSearchParams({
        client_id: shop.client_id,
        response_type: "code",
        redirect_uri: CALLBACK,
        prompt: "none",
        state,
        connection: `${DATABASE}\r\nX: y`,
      })}`,
      { redirect: "manual" },
    );
    const location = response.headers.get("location") ?? "";
    expect(location).not.toMatch(/[\r\n]/);
    expect(new URL(location).searchParams.get("state")).toBe(state);
    expect(response.headers.has("set-cookie")).toBe(false);
    expect(response.headers.has("x")).toBe(false);
  });
});

describe("a request to the token endpoint", () => {
  const send = async (body: string, type?: string) => {
    const response = await tenant.fetch("/oauth/token", {
      method: "POST",
      headers: type === undefined ? {} : { "content-type": type },
      body,
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const JSON_TYPE = "application/json";
  const FORM = "application/x-www-form-urlencoded";
  const good = {
    grant_type: "http://auth0.com/oauth/grant-type/password-realm",
    client_id: shop.client_id,
    realm: DATABASE,
    username: "ada@example.com",
    password: PASSWORD,
  };

  it.each([
    ["that is no JSON", "{", JSON_TYPE, 400],
    ["that is a list", "[]", JSON_TYPE, 400],
    ["that is a word", '"grant_type"', JSON_TYPE, 400],
    ["that is empty", "", JSON_TYPE, 400],
    ["of another type", "<a/>", "application/xml", 400],
    ["of a form with parts", "--x", "multipart/form-data; boundary=x", 400],
    ["with a parameter given twice", `${new URLSearchParams(good)}&username=eve@example.com`, FORM, 400],
    ["with a list as a parameter", JSON.stringify({ ...good, password: [PASSWORD] }), JSON_TYPE, 400],
    ["with an object as a parameter", JSON.stringify({ ...good, username: { $ne: "" } }), JSON_TYPE, 400],
    ["with a number as a parameter", JSON.stringify({ ...good, client_id: 1 }), JSON_TYPE, 400],
    ["with a grant type of an object's prototype", "grant_type=constructor", FORM, 403],
    ["of more than 100 kB", JSON.stringify({ ...good, more: "x".repeat(100_000) }), JSON_TYPE, 413],
  ])("%s is refused, and changes nothing", async (_what, body, type, status) => {
    const before = stateOf(tenant);
    const answer = await send(body, type);
    expect(answer).toMatchObject({
      status,
      body: { error: expect.any(String), error_description: expect.any(String) },
    });
    expect(stateOf(tenant)).toBe(before);
  });

  it("with anything at all is never answered by a bug", async () => {
    const names = Object.keys(good).concat("code", "refresh_token", "scope", "audience", "client_secret");
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "__proto__",
        "constructor",
        "authorization_code",
        "refresh_token",
        "client_credentials",
        VERIFIER,
        AUDIENCE,
        shop.client_id,
      ),
      fc.jsonValue(),
    );
    const before = stateOf(tenant);
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...names, "__proto__", "x"), value), async (body) => {
        const { status } = await send(JSON.stringify(body), JSON_TYPE);
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
    expect(stateOf(tenant)).toBe(before);
  });
});

describe("any endpoint", () => {
  const paths = [
    "/authorize",
    "/u/login",
    "/u/social",
    "/u/signup",
    "/u/organization",
    "/u/reset-password",
    "/v2/logout",
    "/oidc/logout",
    "/userinfo",
    "/oauth/revoke",
    "/dbconnections/signup",
    "/dbconnections/change_password",
  ];
  const names = [
    "client_id",
    "redirect_uri",
    "response_type",
    "response_mode",
    "state",
    "connection",
    "organization",
    "max_age",
    "prompt",
    "email",
    "password",
    "returnTo",
    "id_token_hint",
    "token",
    "ticket",
  ];
  const value = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(shop.client_id, CALLBACK, DATABASE, "code", "id_token token", "none", "a@b.co", "a.b.c"),
  );

  it("answers nonsense in its query, a form or JSON without a bug, and keeps its state", async () => {
    const before = stateOf(tenant);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.constantFrom("query", "form", "json"),
        fc.dictionary(fc.constantFrom(...names), value),
        async (path, way, parameters) => {
          const query = new URLSearchParams(parameters);
          const response = await (way === "query"
            ? tenant.fetch(`${path}?${query}`)
            : tenant.fetch(path, {
                method: "POST",
                ...(way === "form"
                  ? { body: query }
                  : { body: JSON.stringify(parameters), headers: { "content-type": "application/json" } }),
              }));
          expect(response.status === 501 || response.status < 500, `${response.status} ${path}`).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
    // A login page that was opened is remembered, and that is all.
    const transactions = /"login_transactions":\[.*?\],"/;
    expect(stateOf(tenant).replace(transactions, "")).toBe(before.replace(transactions, ""));
  });
});
