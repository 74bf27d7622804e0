import { afterAll, describe, expect, it } from "vitest";
import type { Browser, Visit } from "../../support/browser.ts";
import { CALLBACK, createEstate, DATABASE, PASSWORD } from "../../support/estate.ts";

const estate = await createEstate();
const { tenant, manage } = estate;
await estate.signUp("ada@example.com");
const partner = await manage<{ client_id: string }>("POST", "/clients", {
  name: "Partner",
  is_first_party: false,
  app_type: "regular_web",
  callbacks: [CALLBACK],
});
const connections = await manage<{ id: string; name: string }[]>("GET", "/connections");
const database = connections.find(({ name }) => name === DATABASE);
await manage("PATCH", `/connections/${database?.id}`, { is_domain_connection: true });
await manage("PATCH", `/connections/${database?.id}/clients`, [
  { client_id: partner.client_id, status: true },
]);
afterAll(() => tenant.close());

const pageOf = (visit: Visit) => {
  if (visit.kind !== "page") throw new Error(`no page, but ${visit.url}`);
  return visit.page;
};
const leftWith = (visit: Visit) => {
  if (visit.kind !== "left") throw new Error(`a page: ${visit.page.html}`);
  return visit.parameters;
};
const open = (browser: Browser, parameters: Record<string, string> = {}) =>
  estate.authorize(browser, { client_id: partner.client_id, scope: "openid read:orders", ...parameters });
const logIn = async (browser: Browser, parameters = {}) =>
  browser.submit(pageOf(await open(browser, parameters)), {
    username: "ada@example.com",
    password: PASSWORD,
  });

describe("a third-party client", () => {
  it("is answered once the person has agreed, and not asked for the same again", async () => {
    const browser = estate.browser();
    const page = pageOf(await logIn(browser));
    expect(page.html).toContain("read:orders");
    expect(leftWith(await open(browser, { prompt: "none" }))).toMatchObject({ error: "consent_required" });
    expect(leftWith(await browser.submit(page, { action: "accept" }))).toHaveProperty("code");
    expect(leftWith(await open(browser, { prompt: "none", scope: "openid" }))).toHaveProperty("code");
    expect(leftWith(await open(browser, { prompt: "none", scope: "openid write:orders" }))).toMatchObject({
      error: "consent_required",
    });
  });

  it("is told when the person declines", async () => {
    const browser = estate.browser();
    const page = pageOf(await logIn(browser, { scope: "openid email" }));
    expect(leftWith(await browser.submit(page, { action: "decline" }))).toMatchObject({
      error: "access_denied",
      error_description: "User did not authorize the request",
      state: "the-state",
    });
  });

  it("cannot be agreed to in the place of the login that was asked for", async () => {
    const browser = estate.browser();
    await logIn(browser);
    const login = pageOf(await open(browser, { prompt: "login", scope: "openid address" }));
    const state = login.forms[0]?.fields.state ?? "";
    const page = pageOf(await browser.open(`${tenant.url}/u/consent?${new URLSearchParams({ state })}`));
    expect(page.status).toBe(400);
  });

  it("cannot be agreed to by another browser", async () => {
    const browser = estate.browser();
    const page = pageOf(await logIn(browser, { scope: "openid phone" }));
    expect(pageOf(await estate.browser().submit(page, { action: "accept" })).status).toBe(400);
  });
});
