// A relying party that knows OpenID Connect and nothing of Auth0: the certified `openid-client`, over TLS.
import { generateKeyPairSync } from "node:crypto";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import * as oidc from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Visit } from "../support/browser.ts";
import { AUDIENCE, CALLBACK, createEstate, type Estate, PASSWORD } from "../support/estate.ts";
import { newChecks } from "../support/oidc-checks.ts";

const LOGGED_OUT = "https://shop.example.com/";
const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });

let estate: Estate;
/** The shop, which has no secret. */
let shop: oidc.Configuration;

beforeAll(async () => {
  estate = await createEstate({ listen: true });
  setDefaultCACertificates([...getCACertificates(), estate.tenant.ca.pem]);
  await estate.signUp("ada@example.com");
  shop = await configure(estate.shop.client_id, oidc.None());
});
afterAll(() => estate.tenant.close());

const configure = (clientId: string, authentication: oidc.ClientAuth) =>
  oidc.discovery(new URL(estate.tenant.url), clientId, undefined, authentication);

const leftWith = (visit: Visit): URL => {
  if (visit.kind !== "left") throw new Error(`a page: ${visit.page.html}`);
  return visit.url;
};

interface Login {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly browser?: Browser;
}

/** Sends a browser to /authorize; where it ends up is for the caller. */
async function visit(
  kept: ReturnType<typeof newChecks>,
  { parameters = {}, browser = estate.browser() }: Login,
) {
  const url = oidc.buildAuthorizationUrl(shop, {
    redirect_uri: CALLBACK,
    scope: "openid profile email offline_access",
    audience: AUDIENCE,
    state: kept.expectedState,
    nonce: kept.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(kept.pkceCodeVerifier),
    code_challenge_method: "S256",
    ...parameters,
  });
  return browser.open(url.href);
}

/** Ada's tokens by way of the login page. */
async function logIn({ browser = estate.browser(), ...more }: Login = {}, maxAge?: number) {
  const kept = newChecks();
  const shown = await visit(kept, { browser, ...more });
  const returned =
    shown.kind === "page"
      ? await browser.submit(shown.page, { username: "ada@example.com", password: PASSWORD })
      : shown;
  return oidc.authorizationCodeGrant(shop, leftWith(returned), {
    ...kept,
    ...(maxAge !== undefined && { maxAge }),
  });
}

const subjectOf = (tokens: Awaited<ReturnType<typeof logIn>>) => tokens.claims()?.sub ?? "";

describe("openid-client", () => {
  it("discovers a provider that names itself, its keys and every endpoint that it has", () => {
    const url = estate.tenant.url;
    expect(shop.serverMetadata()).toMatchObject({
      issuer: `${url}/`,
      jwks_uri: `${url}/.well-known/jwks.json`,
      revocation_endpoint: `${url}/oauth/revoke`,
      end_session_endpoint: `${url}/oidc/logout`,
    });
    expect(shop.serverMetadata().supportsPKCE()).toBe(true);
  });

  it("gets tokens for a code by PKCE, and finds nonce, audience and signature as they should be", async () => {
    oidc.enableNonRepudiationChecks(shop);
    const tokens = await logIn();
    expect(tokens.claims()).toMatchObject({ aud: estate.shop.client_id, email: "ada@example.com" });
    expect(tokens).toMatchObject({ token_type: "bearer", refresh_token: expect.any(String) });
  });

  it("is told when somebody logged in if it asks for a login that is not too old", async () => {
    const tokens = await logIn({ parameters: { max_age: "600" } }, 600);
    expect(tokens.claims()?.auth_time).toBeTypeOf("number");
  });

  it("logs a browser in again without a page, and is told if that cannot be", async () => {
    const browser = estate.browser();
    const first = await logIn({ browser });
    const silent = await logIn({ browser, parameters: { prompt: "none" } });
    expect(subjectOf(silent)).toBe(subjectOf(first));
    const kept = newChecks();
    const stranger = await visit(kept, { parameters: { prompt: "none" } });
    await expect(oidc.authorizationCodeGrant(shop, leftWith(stranger), kept)).rejects.toMatchObject({
      error: "login_required",
    });
  });

  it("refuses an answer to somebody else's request", async () => {
    const browser = estate.browser();
    await logIn({ browser });
    const url = leftWith(await visit(newChecks(), { browser }));
    await expect(oidc.authorizationCodeGrant(shop, url, newChecks())).rejects.toMatchObject({
      code: "OAUTH_INVALID_RESPONSE",
    });
  });

  it("reads the claims of a token's subject", async () => {
    const tokens = await logIn();
    expect(await oidc.fetchUserInfo(shop, tokens.access_token, subjectOf(tokens))).toMatchObject({
      email: "ada@example.com",
    });
  });

  it("refreshes, until it revokes", async () => {
    const { refresh_token = "" } = await logIn();
    const refreshed = await oidc.refreshTokenGrant(shop, refresh_token);
    expect(refreshed.claims()).toMatchObject({ email: "ada@example.com" });
    await oidc.tokenRevocation(shop, refresh_token);
    await expect(oidc.refreshTokenGrant(shop, refresh_token)).rejects.toMatchObject({
      error: "invalid_grant",
    });
  });

  it("ends the session and comes back to where it says, with its state", async () => {
    const browser = estate.browser();
    const tokens = await logIn({ browser });
    const url = oidc.buildEndSessionUrl(shop, {
      id_token_hint: tokens.id_token ?? "",
      post_logout_redirect_uri: LOGGED_OUT,
      state: "bye",
    });
    expect(leftWith(await browser.open(url.href)).href).toBe(`${LOGGED_OUT}?state=bye`);
    const kept = newChecks();
    const after = leftWith(await visit(kept, { browser, parameters: { prompt: "none" } }));
    expect(after.searchParams.get("error")).toBe("login_required");
  });

  it("verifies what is signed with the next key", async () => {
    await estate.manage("POST", "/keys/signing/rotate");
    const renewed = await configure(estate.shop.client_id, oidc.None());
    oidc.enableNonRepudiationChecks(renewed);
    const { refresh_token = "" } = await logIn();
    const refreshed = await oidc.refreshTokenGrant(renewed, refresh_token);
    expect(refreshed.claims()).toMatchObject({ email: "ada@example.com" });
  });
});

describe("openid-client of a machine", () => {
  it("gets a token by its secret, in the body or by HTTP Basic as the client is set", async () => {
    const { client_id, client_secret } = estate.worker;
    const parameters = { audience: AUDIENCE };
    const post = await configure(client_id, oidc.ClientSecretPost(client_secret));
    expect(await oidc.clientCredentialsGrant(post, parameters)).toMatchObject({ scope: "read:orders" });
    await estate.manage("PATCH", `/clients/${client_id}`, {
      token_endpoint_auth_method: "client_secret_basic",
    });
    const basic = await configure(client_id, oidc.ClientSecretBasic(client_secret));
    expect(await oidc.clientCredentialsGrant(basic, parameters)).toMatchObject({ scope: "read:orders" });
  });

  it("gets a token by a private key that the tenant knows the public one of", async () => {
    const { client_id } = await estate.manage<{ client_id: string }>("POST", "/clients", {
      name: "Signing worker",
      app_type: "non_interactive",
      grant_types: ["client_credentials"],
    });
    const pem = keys.publicKey.export({ type: "spki", format: "pem" });
    const { id } = await estate.manage<{ id: string }>("POST", `/clients/${client_id}/credentials`, {
      credential_type: "public_key",
      pem,
    });
    await estate.manage("PATCH", `/clients/${client_id}`, {
      token_endpoint_auth_method: null,
      client_authentication_methods: { private_key_jwt: { credentials: [{ id }] } },
    });
    await estate.manage("POST", "/client-grants", { client_id, audience: AUDIENCE, scope: ["read:orders"] });
    const key = await crypto.subtle.importKey(
      "pkcs8",
      keys.privateKey.export({ type: "pkcs8", format: "der" }),
      { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
      false,
      ["sign"],
    );
    const config = await configure(client_id, oidc.PrivateKeyJwt(key));
    const tokens = await oidc.clientCredentialsGrant(config, { audience: AUDIENCE });
    expect(tokens.access_token).toMatch(/^ey/);
  });

  it("is told by the protocol's words that its secret is wrong", async () => {
    const { client_id } = estate.worker;
    const config = await configure(client_id, oidc.ClientSecretPost("not it"));
    await expect(oidc.clientCredentialsGrant(config, { audience: AUDIENCE })).rejects.toMatchObject({
      error: "access_denied",
      status: 401,
    });
  });
});
