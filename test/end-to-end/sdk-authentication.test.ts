// The official SDK's AuthenticationClient, which `auth0` 7 has as `auth0/legacy`, over TLS.
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { AuthenticationClient, UserInfoClient } from "auth0/legacy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  AUDIENCE,
  CALLBACK,
  createEstate,
  DATABASE,
  type Estate,
  PASSWORD,
  VERIFIER,
} from "../support/estate.ts";

let estate: Estate;
/** Of the shop; the SDK is for servers and wants it to have a secret. */
let shop: AuthenticationClient;
let worker: AuthenticationClient;

beforeAll(async () => {
  estate = await createEstate({ listen: true });
  const { tenant, manage } = estate;
  setDefaultCACertificates([...getCACertificates(), tenant.ca.pem]);
  const { client_id: clientId, client_secret: clientSecret } = estate.worker;
  worker = new AuthenticationClient({ domain: tenant.domain, clientId, clientSecret });
  await estate.signUp("ada@example.com");
  await manage("PATCH", "/tenants/settings", { default_directory: DATABASE });
  const { client_secret: secret } = await manage<{ client_secret: string }>(
    "PATCH",
    `/clients/${estate.shop.client_id}`,
    {
      app_type: "regular_web",
      token_endpoint_auth_method: "client_secret_post",
      grant_types: [
        "authorization_code",
        "refresh_token",
        "password",
        "http://auth0.com/oauth/grant-type/password-realm",
      ],
    },
  );
  shop = new AuthenticationClient({
    domain: tenant.domain,
    clientId: estate.shop.client_id,
    clientSecret: secret,
  });
});
afterAll(() => estate.tenant.close());

const ada = { username: "ada@example.com", password: PASSWORD };
const scope = "openid email offline_access";
const withRealm = () => shop.oauth.passwordGrant({ ...ada, scope, audience: AUDIENCE, realm: DATABASE });

describe("the SDK for the Authentication API", () => {
  it("signs somebody up", async () => {
    const { data } = await shop.database.signUp({
      connection: DATABASE,
      email: "grace@example.com",
      password: PASSWORD,
      user_metadata: { plan: "gold" },
    });
    expect(data).toMatchObject({ email: "grace@example.com", email_verified: false });
  });

  it("gets tokens for a password, in the default directory or in a named one", async () => {
    expect((await shop.oauth.passwordGrant({ ...ada, scope })).data.id_token).toMatch(/^ey/);
    expect((await withRealm()).data).toMatchObject({ token_type: "Bearer", expires_in: 86_400 });
  });

  it("refreshes, until it revokes", async () => {
    const { refresh_token = "" } = (await withRealm()).data;
    const refreshed = await shop.oauth.refreshTokenGrant({ refresh_token });
    expect(refreshed.data.access_token).toMatch(/^ey/);
    await shop.oauth.revokeRefreshToken({ token: refresh_token });
    await expect(shop.oauth.refreshTokenGrant({ refresh_token })).rejects.toMatchObject({
      error: "invalid_grant",
      statusCode: 403,
    });
  });

  it("exchanges a code by PKCE, and finds the ID token valid, nonce and age included", async () => {
    const browser = estate.browser();
    const shown = await estate.authorize(browser, { nonce: "n-1", max_age: "60" });
    if (shown.kind !== "page") throw new Error("the browser is logged in already");
    const returned = await browser.submit(shown.page, ada);
    const code = returned.kind === "left" ? (returned.parameters.code ?? "") : "";
    const { data } = await shop.oauth.authorizationCodeGrantWithPKCE(
      { code, redirect_uri: CALLBACK, code_verifier: VERIFIER },
      { idTokenValidateOptions: { nonce: "n-1", maxAge: 60 } },
    );
    const { domain } = estate.tenant;
    const profile = await new UserInfoClient({ domain }).getUserInfo(data.access_token);
    expect(profile.data).toMatchObject({ email: "ada@example.com" });
  });

  it("gets a client's own token", async () => {
    const { data } = await worker.oauth.clientCredentialsGrant({ audience: AUDIENCE });
    expect(data).toMatchObject({ scope: "read:orders", expires_in: 86_400 });
  });

  it("asks for a mail to change a password", async () => {
    const { data } = await shop.database.changePassword({ connection: DATABASE, email: "ada@example.com" });
    expect(data).toBe("We've just sent you an email to reset your password.");
  });

  it("throws what the tenant says", async () => {
    const wrong = { ...ada, password: "not it", realm: DATABASE };
    await expect(shop.oauth.passwordGrant(wrong)).rejects.toMatchObject({
      error: "invalid_grant",
      error_description: "Wrong email or password.",
      statusCode: 403,
    });
    const again = { connection: DATABASE, email: "ada@example.com", password: PASSWORD };
    await expect(shop.database.signUp(again)).rejects.toMatchObject({ statusCode: 400 });
  });
});
