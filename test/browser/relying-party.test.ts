// A relying party on `openid-client`, and a person with a real browser. Needs Chromium: `npm run browser`.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import * as oidc from "openid-client";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { AUDIENCE, createEstate, type Estate, PASSWORD } from "../support/estate.ts";
import { newChecks } from "../support/oidc-checks.ts";

/** All of the shop is one page. */
const site = createServer((_, response) => response.setHeader("content-type", "text/html").end("the shop"));
let callback: string;
let loggedOut: string;
let estate: Estate;
let chromium: Browser;
let shop: oidc.Configuration;

beforeAll(async () => {
  estate = await createEstate({ listen: true });
  const { url, ca } = estate.tenant;
  setDefaultCACertificates([...getCACertificates(), ca.pem]);
  await estate.signUp("ada@example.com");
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`; // it listens on a port
  callback = `${origin}/callback`;
  loggedOut = `${origin}/`;
  await estate.manage("PATCH", `/clients/${estate.shop.client_id}`, {
    callbacks: [callback],
    allowed_logout_urls: [loggedOut],
  });
  shop = await oidc.discovery(new URL(url), estate.shop.client_id, undefined, oidc.None());
  chromium = await launchChromium();
});
afterAll(async () => {
  await chromium?.close();
  await estate?.tenant.close();
  site.close();
});

/** Somebody's browser. */
async function person(): Promise<BrowserContext> {
  const context = await chromium.newContext({ ignoreHTTPSErrors: true, locale: "en-GB" });
  onTestFinished(() => context.close());
  return context;
}

/** A request of the shop's, and what it keeps of it. */
const request = async (parameters: Readonly<Record<string, string>> = {}) => {
  const kept = newChecks();
  const url = oidc.buildAuthorizationUrl(shop, {
    redirect_uri: callback,
    scope: "openid email",
    audience: AUDIENCE,
    state: kept.expectedState,
    nonce: kept.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(kept.pkceCodeVerifier),
    code_challenge_method: "S256",
    ...parameters,
  });
  return { kept, url: url.href };
};

type Fill = (page: Page) => Promise<unknown>;

/** The tokens of somebody who comes back from the tenant, after doing there what there is to do. */
async function logIn(context: BrowserContext, fill: Fill, parameters: Readonly<Record<string, string>> = {}) {
  const { kept, url } = await request(parameters);
  const page = await context.newPage();
  await page.goto(url);
  await fill(page);
  await page.waitForURL(`${callback}**`);
  return oidc.authorizationCodeGrant(shop, new URL(page.url()), kept);
}

const fillPassword: Fill = async (page) => {
  await page.getByLabel("Email address or user name").fill("ada@example.com");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
};
const nothing: Fill = () => Promise.resolve();

describe("a person with a browser", () => {
  it("logs in by password, and again without being asked", async () => {
    const context = await person();
    const tokens = await logIn(context, fillPassword);
    expect(tokens.claims()).toMatchObject({ email: "ada@example.com" });
    const silent = await logIn(context, nothing, { prompt: "none" });
    expect(silent.claims()?.sub).toBe(tokens.claims()?.sub);
  });

  it("logs in as somebody at a social provider", async () => {
    const tokens = await logIn(await person(), async (page) => {
      await page.getByRole("link", { name: "Continue with google-oauth2" }).click();
      await page.getByLabel("Email address").fill("grace@example.com");
      await page.getByLabel("Name").fill("Grace");
      await page.getByRole("button", { name: /^Continue to / }).click();
    });
    expect(tokens.claims()).toMatchObject({ email: "grace@example.com", email_verified: true });
  });

  it.each([
    ["from the start", { screen_hint: "signup" }, nothing],
    ["from the login page", {}, (page: Page) => page.getByRole("link", { name: "Sign up instead" }).click()],
  ])("signs up %s, and is logged in by that", async (from, parameters, reach) => {
    const email = `${from.replaceAll(" ", "-")}@example.com`;
    const fill: Fill = async (page) => {
      await reach(page);
      await page.getByLabel("Email address").fill(email);
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByRole("button", { name: "Continue", exact: true }).click();
    };
    const tokens = await logIn(await person(), fill, parameters);
    expect(tokens.claims()).toMatchObject({ email });
  });

  it("is logged out, and asked again", async () => {
    const context = await person();
    const { id_token = "" } = await logIn(context, fillPassword);
    const page = await context.newPage();
    const end = { id_token_hint: id_token, post_logout_redirect_uri: loggedOut };
    await page.goto(oidc.buildEndSessionUrl(shop, end).href);
    expect(page.url()).toBe(loggedOut);
    await page.goto((await request({ prompt: "none" })).url);
    expect(new URL(page.url()).searchParams.get("error")).toBe("login_required");
  });
});
