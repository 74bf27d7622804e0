import { createHash } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import type { Visit } from "../../support/browser.ts";
import { CALLBACK, claimsOf, createEstate, DATABASE, PASSWORD } from "../../support/estate.ts";

const estate = await createEstate();
const { tenant, shop, manage } = estate;
await estate.signUp("ada@example.com");
await manage("PATCH", `/clients/${shop.client_id}`, {
  grant_types: ["authorization_code", "implicit", "refresh_token"],
});
afterAll(() => tenant.close());

const pageOf = (visit: Visit) => {
  if (visit.kind !== "page") throw new Error(`no page, but ${visit.url}`);
  return visit.page;
};
const urlOf = (visit: Visit) => {
  if (visit.kind !== "left") throw new Error(`a page: ${visit.page.html}`);
  return visit.url;
};
const logIn = async (parameters: Record<string, string>, browser = estate.browser()) =>
  browser.submit(pageOf(await estate.authorize(browser, parameters)), {
    username: "ada@example.com",
    password: PASSWORD,
  });
const fragmentOf = (url: URL) => Object.fromEntries(new URLSearchParams(url.hash.slice(1)));
const halfHash = (text: string) =>
  createHash("sha256").update(text).digest().subarray(0, 16).toString("base64url");

describe("the implicit grant", () => {
  it("gives tokens in the fragment, the access token for the shorter lifetime of browsers", async () => {
    const url = urlOf(await logIn({ response_type: "id_token token", nonce: "n" }));
    expect(url.search).toBe("");
    const answer = fragmentOf(url);
    expect(answer).toMatchObject({ token_type: "Bearer", expires_in: "7200", state: "the-state" });
    const { at_hash, nonce, aud } = claimsOf(answer.id_token ?? "");
    expect({ at_hash, nonce, aud }).toEqual({
      at_hash: halfHash(answer.access_token ?? ""),
      nonce: "n",
      aud: shop.client_id,
    });
    expect(answer).not.toHaveProperty("refresh_token");
  });

  it("gives a code as well, to be redeemed, with its hash in the ID token", async () => {
    const answer = fragmentOf(urlOf(await logIn({ response_type: "code id_token", nonce: "n" })));
    expect(Object.keys(answer).sort()).toEqual(["code", "id_token", "state"]);
    expect(claimsOf(answer.id_token ?? "").c_hash).toBe(halfHash(answer.code ?? ""));
    expect((await estate.redeem(answer.code ?? "")).status).toBe(200);
  });

  it("needs a nonce for an ID token, and never uses the query", async () => {
    const refused = async (parameters: Record<string, string>) =>
      fragmentOf(urlOf(await estate.authorize(estate.browser(), parameters)));
    expect(await refused({ response_type: "id_token" })).toMatchObject({ error: "invalid_request" });
    const url = urlOf(
      await estate.authorize(estate.browser(), { response_type: "token", response_mode: "query" }),
    );
    expect(url.searchParams.get("error")).toBe("invalid_request");
  });

  it("is refused to a client that does not have it", async () => {
    await manage("PATCH", `/clients/${shop.client_id}`, { grant_types: ["authorization_code"] });
    const url = urlOf(await estate.authorize(estate.browser(), { response_type: "token" }));
    expect(fragmentOf(url)).toMatchObject({ error: "unauthorized_client", state: "the-state" });
    await manage("PATCH", `/clients/${shop.client_id}`, { grant_types: ["authorization_code", "implicit"] });
  });
});

describe("the response mode", () => {
  it("form_post sends a form to the callback", async () => {
    const page = pageOf(await logIn({ response_mode: "form_post", state: `"><script>alert(1)</script>` }));
    expect(page.forms).toEqual([
      { action: CALLBACK, fields: { code: expect.any(String), state: `"><script>alert(1)</script>` } },
    ]);
    expect(page.html).not.toContain("<script>alert");
  });

  it("web_message tells a page of the callback's origin, and nobody else", async () => {
    const page = pageOf(
      await estate.authorize(estate.browser(), {
        response_mode: "web_message",
        prompt: "none",
        state: "</script><script>alert(1)",
      }),
    );
    expect(page.html).toContain(`"error":"login_required"`);
    expect(page.html).toContain(`, "https://shop.example.com")`);
    expect(page.html).not.toContain("</script><script>alert");
  });

  it("that is unknown is refused in the query", async () => {
    const url = urlOf(await estate.authorize(estate.browser(), { response_mode: "pigeon" }));
    expect(url.searchParams.get("error")).toBe("invalid_request");
  });
});

describe("a session", () => {
  const silent = async (browser: ReturnType<typeof estate.browser>, parameters = {}) =>
    urlOf(await estate.authorize(browser, { prompt: "none", ...parameters })).searchParams;
  const HOUR = 3_600_000;

  it("is too old for a request with a smaller max_age; the ID token says when it began", async () => {
    const browser = estate.browser();
    const code = urlOf(await logIn({ max_age: "3600" }, browser)).searchParams.get("code") ?? "";
    const began = tenant.clock.seconds();
    expect(claimsOf((await estate.redeem(code)).body.id_token).auth_time).toBeGreaterThanOrEqual(began - 1);
    tenant.clock.advance(2 * HOUR);
    expect((await silent(browser)).has("code")).toBe(true);
    expect((await silent(browser, { max_age: "3600" })).get("error")).toBe("login_required");
    expect((await silent(browser, { max_age: "soon" })).get("error")).toBe("invalid_request");
  });

  it("lasts as long as the tenant's settings say, unused and at all", async () => {
    await manage("PATCH", "/tenants/settings", { session_lifetime: 5, idle_session_lifetime: 2 });
    const [used, unused] = [estate.browser(), estate.browser()];
    await logIn({}, used);
    await logIn({}, unused);
    tenant.clock.advance(1.5 * HOUR);
    expect((await silent(used)).has("code")).toBe(true);
    tenant.clock.advance(1.5 * HOUR);
    expect((await silent(used)).has("code")).toBe(true);
    expect((await silent(unused)).get("error")).toBe("login_required");
    tenant.clock.advance(1.5 * HOUR);
    expect((await silent(used)).has("code")).toBe(true);
    tenant.clock.advance(HOUR);
    expect((await silent(used)).get("error")).toBe("login_required");
  });
});

describe("screen_hint=signup", () => {
  it("leads to a form that makes a user and logs him in", async () => {
    const browser = estate.browser();
    const page = pageOf(
      await estate.authorize(browser, { screen_hint: "signup", login_hint: "new@example.com" }),
    );
    expect(page.forms).toEqual([
      {
        action: "/u/signup",
        fields: { state: expect.any(String), connection: DATABASE, email: "new@example.com", password: "" },
      },
    ]);
    const again = pageOf(await browser.submit(page, { email: "ada@example.com", password: PASSWORD }));
    expect({ status: again.status, shown: again.html.includes("The user already exists.") }).toEqual({
      status: 400,
      shown: true,
    });
    const url = urlOf(await browser.submit(again, { email: "new@example.com", password: PASSWORD }));
    const { body } = await estate.redeem(url.searchParams.get("code") ?? "");
    expect(claimsOf(body.id_token).email).toBe("new@example.com");
  });
});

describe("logout", () => {
  const open = async (path: string, parameters: Record<string, string>, browser = estate.browser()) =>
    browser.open(`${tenant.url}${path}?${new URLSearchParams(parameters)}`);
  const statusOf = (visit: Visit) => (visit.kind === "page" ? visit.page.status : visit.url.href);
  const { client_id } = shop;

  it("goes to an allowed address, its query left aside", async () => {
    const returnTo = "https://shop.example.com/?bye=1";
    expect(statusOf(await open("/v2/logout", { client_id, returnTo }))).toBe(returnTo);
  });

  it.each([
    "https://evil.example.com/",
    "https://shop.example.com.evil.com/",
    "https://shop.example.com@evil.com/",
    "//evil.com",
    "/\\evil.com",
    "javascript:alert(1)",
    "https://shop.example.com/\r\nSet-Cookie: a=b",
  ])("goes not to %s", async (url) => {
    expect(statusOf(await open("/v2/logout", { client_id, returnTo: url }))).toBe(400);
    expect(statusOf(await open("/oidc/logout", { client_id, post_logout_redirect_uri: url }))).toBe(400);
  });

  it("by OpenID Connect ends the session of the ID token, and hands the state on", async () => {
    const browser = estate.browser();
    const code = urlOf(await logIn({}, browser)).searchParams.get("code") ?? "";
    const { id_token } = (await estate.redeem(code)).body;
    const post_logout_redirect_uri = "https://shop.example.com/";
    for (const wrong of [
      { id_token_hint: "nonsense" },
      { id_token_hint: id_token, client_id: "other" },
      { id_token_hint: id_token, logout_hint: "other" },
    ])
      expect(statusOf(await open("/oidc/logout", wrong, browser))).toBe(400);
    const left = await open(
      "/oidc/logout",
      { id_token_hint: id_token, post_logout_redirect_uri, state: "s" },
      browser,
    );
    expect(statusOf(left)).toBe(`${post_logout_redirect_uri}?state=s`);
    const url = urlOf(await estate.authorize(browser, { prompt: "none" }));
    expect(url.searchParams.get("error")).toBe("login_required");
  });
});
