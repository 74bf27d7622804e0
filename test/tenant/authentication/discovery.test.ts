import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createEstate } from "../../support/estate.ts";

const estate = await createEstate();
const { tenant, manage } = estate;
const initial = tenant.snapshot();
beforeEach(() => tenant.restore(initial));
afterAll(() => tenant.close());

const discovered = async () =>
  (await tenant.fetch("/.well-known/openid-configuration")).json() as Promise<Record<string, unknown>>;

describe("/.well-known/openid-configuration", () => {
  it("names endpoints that the tenant has", async () => {
    const endpoints = Object.entries(await discovered()).filter(([name]) => /_endpoint$|_uri$/.test(name));
    expect(endpoints.map(([name]) => name)).toEqual([
      "authorization_endpoint",
      "token_endpoint",
      "userinfo_endpoint",
      "revocation_endpoint",
      "end_session_endpoint",
      "jwks_uri",
    ]);
    for (const [, url] of endpoints) {
      const answers = await Promise.all(
        ["GET", "POST"].map((method) => tenant.fetch(String(url), { method })),
      );
      expect(answers.map(({ status }) => status)).not.toEqual([501, 501]);
    }
  });

  it("leaves the end-session endpoint out where the tenant's settings say so", async () => {
    const oidc_logout = { rp_logout_end_session_endpoint_discovery: false };
    await manage("PATCH", "/tenants/settings", { oidc_logout });
    expect(await discovered()).not.toHaveProperty("end_session_endpoint");
  });

  it("names private keys among the ways in which clients authenticate", async () => {
    expect(await discovered()).toMatchObject({
      token_endpoint_auth_methods_supported: expect.arrayContaining(["private_key_jwt"]),
      token_endpoint_auth_signing_alg_values_supported: ["RS256", "RS384", "PS256"],
    });
  });
});
