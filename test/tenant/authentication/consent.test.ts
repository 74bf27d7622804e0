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
const logIn = async (browser: Browser) =>
  pageOf(
    await browser.submit(pageOf(await open(browser)), { username: "ada@example.com", password: PASSWORD }),
  );

describe("a third-party client", () => {
  it("is answered once the person has agreed, and not asked for the same again", async () => {
    const browser = estate.browser();
    const page = await logIn(browser);
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
    const login = pageOf(await open(browser, { scope: "openid email" }));
    const page = pageOf(await browser.submit(login, { username: "ada@example.com", password: PASSWORD }));
    expect(leftWith(await browser.submit(page, { action: "decline" }))).toMatchObject({
      error: "access_denied",
      error_description: "User did not authorize the request",
      state: "the-state",
    });
  });

  it("cannot be agreed to by another browser", async () => {
    const browser = estate.browser();
    const login = pageOf(await open(browser, { scope: "openid phone" }));
    const page = pageOf(await browser.submit(login, { username: "ada@example.com", password: PASSWORD }));
    expect(pageOf(await estate.browser().submit(page, { action: "accept" })).status).toBe(400);
  });
});
