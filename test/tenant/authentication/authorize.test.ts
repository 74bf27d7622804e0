import { afterAll, describe, expect, it } from "vitest";
import type { Browser, Page, Visit } from "../../support/browser.ts";
import { AUDIENCE, CALLBACK, claimsOf, createEstate, DATABASE, PASSWORD } from "../../support/estate.ts";

const estate = await createEstate();
const { tenant, shop, manage } = estate;
await estate.signUp("ada@example.com");
afterAll(() => tenant.close());

const pageOf = (visit: Visit): Page => {
  if (visit.kind !== "page") throw new Error(`no page, but ${visit.url}`);
  return visit.page;
};
const leftWith = (visit: Visit) => {
  if (visit.kind !== "left") throw new Error(`a page: ${visit.page.html}`);
  return visit.parameters;
};
const credentials = { username: "ada@example.com", password: PASSWORD };

/** A code for Ada in a new browser, or one that is given. */
const codeFor = async (parameters = {}, browser: Browser = estate.browser()) => {
  const page = pageOf(await estate.authorize(browser, parameters));
  return leftWith(await browser.submit(page, credentials));
};

describe("/authorize with a database user", () => {
  it("leads over the login page to the callback with a code and the state", async () => {
    const browser = estate.browser();
    const page = pageOf(await estate.authorize(browser));
    expect(page.forms).toEqual([
      {
        action: "/u/login",
        fields: { state: expect.any(String), connection: DATABASE, username: "", password: "" },
      },
    ]);
    const visit = await browser.submit(page, credentials);
    expect(visit).toMatchObject({
      kind: "left",
      parameters: { code: expect.any(String), state: "the-state" },
    });
    expect(visit.kind === "left" && visit.url.origin + visit.url.pathname).toBe(CALLBACK);
  });

  it("gives tokens for the code, the nonce in the ID token", async () => {
    const { code = "" } = await codeFor({ nonce: "n-1" });
    const { status, body } = await estate.redeem(code);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { token_type: "Bearer", expires_in: 86_400, scope: "openid profile email" },
    });
    expect(claimsOf(body.id_token)).toMatchObject({
      iss: `${tenant.url}/`,
      aud: shop.client_id,
      nonce: "n-1",
      email: "ada@example.com",
      email_verified: false,
      nickname: "ada",
    });
    expect(claimsOf(body.access_token)).toMatchObject({
      aud: [AUDIENCE, `${tenant.url}/userinfo`],
      azp: shop.client_id,
      permissions: [],
    });
    expect(claimsOf(body.access_token)).not.toHaveProperty("gty");
  });

  it("shows the page again after a wrong password", async () => {
    const browser = estate.browser();
    const page = pageOf(await estate.authorize(browser));
    const again = pageOf(await browser.submit(page, { ...credentials, password: "wrong" }));
    expect(again.status).toBe(400);
    expect(again.html).toContain("Wrong email or password.");
    expect(again.forms[0]?.fields.username).toBe("ada@example.com");
    expect(leftWith(await browser.submit(again, credentials))).toHaveProperty("code");
  });

  it("escapes what was typed", async () => {
    const browser = estate.browser();
    const page = pageOf(await estate.authorize(browser));
    const again = pageOf(await browser.submit(page, { username: '"><script>', password: "x" }));
    expect(again.html).not.toContain("<script>");
  });

  it("needs no page while the session lasts, but for prompt=login", async () => {
    const browser = estate.browser();
    await codeFor({}, browser);
    expect(leftWith(await estate.authorize(browser, { prompt: "none" }))).toHaveProperty("code");
    expect(pageOf(await estate.authorize(browser, { prompt: "login" })).status).toBe(200);
    await browser.open(`${tenant.url}/v2/logout`);
    expect(leftWith(await estate.authorize(browser, { prompt: "none" }))).toMatchObject({
      error: "login_required",
    });
  });
});

describe("/authorize with a social user", () => {
  const asSocial = async (email: string, name: string, parameters = {}) => {
    const browser = estate.browser();
    const login = pageOf(await estate.authorize(browser, parameters));
    const link = login.links["Continue with google-oauth2"];
    const social = link === undefined ? login : pageOf(await browser.open(`${tenant.url}${link}`));
    return { social, left: leftWith(await browser.submit(social, { email, name })) };
  };

  it("leads over the pretended page, and makes the user at his first login", async () => {
    const { social, left } = await asSocial("Grace@example.com", "Grace Hopper");
    expect(social.forms).toEqual([
      {
        action: "/u/social",
        fields: { state: expect.any(String), connection: "google-oauth2", email: "", name: "" },
      },
    ]);
    const { body } = await estate.redeem(left.code ?? "");
    expect(claimsOf(body.id_token)).toMatchObject({
      sub: expect.stringMatching(/^google-oauth2\|1\d{20}$/),
      email: "grace@example.com",
      email_verified: true,
      given_name: "Grace",
      family_name: "Hopper",
    });
  });

  it("knows the same address again, also when the request names the connection", async () => {
    const subs = [];
    for (const parameters of [{}, { connection: "google-oauth2" }]) {
      const { left } = await asSocial("joan@example.com", "Joan", parameters);
      subs.push(claimsOf((await estate.redeem(left.code ?? "")).body.id_token).sub);
    }
    expect(new Set(subs).size).toBe(1);
  });

  it("passes no registration hook", async () => {
    const hook = await manage<{ id: string }>("POST", "/hooks", {
      name: "refuse all",
      triggerId: "pre-user-registration",
      enabled: true,
      script: "module.exports = (user, context, cb) => cb(new Error('nobody'));",
    });
    expect((await asSocial("new@example.com", "New")).left).toHaveProperty("code");
    await manage("DELETE", `/hooks/${hook.id}`);
  });
});

describe("/authorize refuses", () => {
  it.each([
    ["an unknown client", { client_id: "nobody" }, "Unknown client: nobody"],
    [
      "a callback that is not the client's",
      { redirect_uri: "https://evil.example.com/" },
      "Callback URL mismatch",
    ],
    ["a callback that only begins like one", { redirect_uri: `${CALLBACK}.evil` }, "Callback URL mismatch"],
  ])("%s on a page, without a redirect", async (_what, parameters, text) => {
    const page = pageOf(await estate.authorize(estate.browser(), parameters));
    expect(page.status).toBe(403);
    expect(page.html).toContain(text);
  });

  it.each([
    ["another response type", { response_type: "magic" }, "unsupported_response_type"],
    ["an unknown API", { audience: "https://nothing" }, "access_denied"],
    ["another challenge method", { code_challenge_method: "S512" }, "invalid_request"],
    ["a connection that is not the client's", { connection: "facebook" }, "invalid_request"],
    ["prompt=none without a session", { prompt: "none" }, "login_required"],
  ])("%s at the callback", async (_what, parameters, error) => {
    expect(leftWith(await estate.authorize(estate.browser(), parameters))).toMatchObject({
      error,
      state: "the-state",
    });
  });

  it("a login page in another browser than its own", async () => {
    const page = pageOf(await estate.authorize(estate.browser()));
    const stranger = pageOf(await estate.browser().submit(page, credentials));
    expect(stranger.status).toBe(400);
    expect(stranger.html).toContain("began in another browser");
  });

  it("a login page that was used", async () => {
    const browser = estate.browser();
    const page = pageOf(await estate.authorize(browser));
    await browser.submit(page, credentials);
    expect(pageOf(await browser.submit(page, credentials)).status).toBe(400);
  });

  it("a connection of another client in the form", async () => {
    const connection = await manage<{ id: string }>("POST", "/connections", {
      name: "staff",
      strategy: "auth0",
    });
    const browser = estate.browser();
    const page = pageOf(await estate.authorize(browser));
    expect(page.html).not.toContain("staff");
    expect(pageOf(await browser.submit(page, { ...credentials, connection: "staff" })).status).toBe(400);
    await manage("DELETE", `/connections/${connection.id}`);
  });
});

describe("an authorization code", () => {
  it("works once", async () => {
    const { code = "" } = await codeFor();
    expect((await estate.redeem(code)).status).toBe(200);
    expect(await estate.redeem(code)).toEqual({
      status: 403,
      body: { error: "invalid_grant", error_description: "Invalid authorization code" },
    });
  });

  it.each([
    ["a wrong verifier", { code_verifier: "w".repeat(43) }, 403, "Failed to verify code verifier"],
    ["no verifier", { code_verifier: "" }, 400, "Missing required parameter: code_verifier"],
    ["another callback", { redirect_uri: "https://evil.example.com/" }, 403, "The redirect URI is wrong."],
  ])("is refused with %s", async (_what, change, status, text) => {
    const { code } = await codeFor();
    const { status: actual, body } = await estate.post("/oauth/token", {
      grant_type: "authorization_code",
      client_id: shop.client_id,
      redirect_uri: CALLBACK,
      code,
      code_verifier: "v".repeat(43),
      ...change,
    });
    expect(actual).toBe(status);
    expect(body.error_description).toContain(text);
  });

  it("expires after ten minutes", async () => {
    const { code = "" } = await codeFor();
    tenant.clock.advance(10 * 60 * 1000);
    expect((await estate.redeem(code)).status).toBe(403);
  });
});
