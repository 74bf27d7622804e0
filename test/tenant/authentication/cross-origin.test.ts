import { afterAll, describe, expect, it } from "vitest";
import { createEstate } from "../../support/estate.ts";

const { tenant, shop, manage } = await createEstate();
await manage("PATCH", `/clients/${shop.client_id}`, {
  web_origins: ["https://app.example.com", "https://*.preview.example.com"],
});
afterAll(() => tenant.close());

const preflight = async (path: string, origin: string) => {
  const { status, headers } = await tenant.fetch(path, { method: "OPTIONS", headers: { origin } });
  return { status, allowed: headers.get("access-control-allow-origin") };
};

describe("a page of another origin", () => {
  it.each(["/oauth/token", "/userinfo", "/oauth/revoke", "/dbconnections/signup"])(
    "may call %s where it is a client's",
    async (path) => {
      for (const origin of [
        "https://app.example.com",
        "https://one.preview.example.com",
        "https://shop.example.com",
      ])
        expect(await preflight(path, origin)).toEqual({ status: 204, allowed: origin });
      for (const origin of ["https://evil.example.com", "https://app.example.com.evil.com", "null"])
        expect(await preflight(path, origin)).toEqual({ status: 204, allowed: null });
    },
  );

  it("reads errors as well as answers", async () => {
    const headers = { origin: "https://app.example.com" };
    const answer = await tenant.fetch("/oauth/token", { method: "POST", headers });
    expect(answer.status).toBe(400);
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
  });

  it("may read keys and discovery, whoever it is, and no page of the tenant", async () => {
    for (const path of ["/.well-known/jwks.json", "/.well-known/openid-configuration"])
      expect((await tenant.fetch(path)).headers.get("access-control-allow-origin")).toBe("*");
    const page = await tenant.fetch("/authorize", { headers: { origin: "https://app.example.com" } });
    expect(page.headers.has("access-control-allow-origin")).toBe(false);
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  });
});
