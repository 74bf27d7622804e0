// The login page in a real browser. Needs Chromium, so this suite is run by `npm run browser` and in pipelines.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { CALLBACK, createEstate, type Estate, PASSWORD } from "../support/estate.ts";

let estate: Estate;
let browser: Browser;

beforeAll(async () => {
  estate = await createEstate({ listen: true });
  await estate.signUp("ada@example.com");
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await estate?.tenant.close();
});

/** A visitor of the shop whom the tenant has sent to its login page; the shop itself answers with an empty page. */
async function visit(): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.route(`${CALLBACK}**`, (route) => route.fulfill({ contentType: "text/html", body: "the shop" }));
  const authorize = new URL("/authorize", estate.tenant.url);
  authorize.search = new URLSearchParams({
    response_type: "code",
    client_id: estate.shop.client_id,
    redirect_uri: CALLBACK,
    scope: "openid",
    state: "as it was",
    code_challenge: "c".repeat(43),
    code_challenge_method: "S256",
  }).toString();
  await page.goto(authorize.href);
  return page;
}

async function callback(page: Page): Promise<URLSearchParams> {
  await page.waitForURL(`${CALLBACK}**`);
  return new URL(page.url()).searchParams;
}

describe("the login page", () => {
  it("sends a database user back to the shop with a code and the shop's state", async () => {
    const page = await visit();
    await page.getByLabel("Email address or user name").fill("ada@example.com");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    const answer = await callback(page);
    expect(answer.get("state")).toBe("as it was");
    expect(answer.get("code")).toBeTruthy();
  });

  it("asks again after a wrong password, and keeps what was typed before it", async () => {
    const page = await visit();
    await page.getByLabel("Email address or user name").fill("ada@example.com");
    await page.getByLabel("Password").fill("not it");
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await page.getByText("Wrong email or password.").waitFor();
    expect(await page.getByLabel("Email address or user name").inputValue()).toBe("ada@example.com");
    expect(await page.getByLabel("Password").inputValue()).toBe("");
  });

  it("lets one choose who one is at a social connection", async () => {
    const page = await visit();
    await page.getByRole("link", { name: "Continue with google-oauth2" }).click();
    await page.getByLabel("Email address").fill("grace@example.com");
    await page.getByLabel("Name").fill("Grace");
    await page.getByRole("button", { name: /^Continue to / }).click();
    expect((await callback(page)).get("code")).toBeTruthy();
  });

  it("loads nothing from anywhere", async () => {
    const page = await visit();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.reload();
    expect(asked.filter((url) => new URL(url).pathname !== "/u/login")).toEqual([]);
  });
});
