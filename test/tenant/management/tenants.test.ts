import { describe, expect, it } from "vitest";
import { managementApi } from "../support/management.ts";

const { call } = managementApi();
const PATH = "/tenants/settings";

describe("the tenant's settings", () => {
  it("are merged at the top and in flags; other objects are replaced", async () => {
    const before = (await call<{ flags: object }>("GET", PATH)).body;
    await call("PATCH", PATH, { error_page: { html: "<p>Oh</p>", show_log_link: true } });
    const { status, body } = await call("PATCH", PATH, {
      friendly_name: "Ours",
      flags: { revoke_refresh_token_grant: true },
      error_page: { url: "https://example.com/error" },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      friendly_name: "Ours",
      session_lifetime: 168,
      flags: { ...before.flags, revoke_refresh_token_grant: true },
    });
    expect(body.error_page).toEqual({ url: "https://example.com/error" });
  });

  it("lose what is set to null", async () => {
    await call("PATCH", PATH, { country_codes: { mode: "allow", list: ["CA", "US"] } });
    expect((await call("GET", PATH)).body).toHaveProperty("country_codes");
    await call("PATCH", PATH, { country_codes: null });
    expect((await call("GET", PATH)).body).not.toHaveProperty("country_codes");
  });

  it("are shown in part when one asks", async () => {
    expect((await call("GET", `${PATH}?fields=session_lifetime`)).body).toEqual({ session_lifetime: 168 });
  });

  it.each([
    ["a setting that is not known", { colour: "red" }],
    ["text for hours", { session_lifetime: "long" }],
    ["no hours", { session_lifetime: 0 }],
    ["text for a flag", { flags: { enable_sso: "yes" } }],
    ["an address that is none", { support_url: "help" }],
    ["no locale", { enabled_locales: [] }],
    ["a country of three letters", { country_codes: { mode: "allow", list: ["CAN"] } }],
    ["a quota of nothing", { default_token_quota: { clients: {} } }],
  ])("refuse %s, and stay", async (_, body) => {
    const before = (await call("GET", PATH)).body;
    expect(await call("PATCH", PATH, body)).toMatchObject({
      status: 400,
      body: { errorCode: "invalid_body", message: expect.stringContaining("Payload validation error") },
    });
    expect((await call("GET", PATH)).body).toEqual(before);
  });
});
