import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, describe, expect, it } from "vitest";
import { AUDIENCE, createEstate } from "../../support/estate.ts";

const estate = await createEstate();
const { tenant, manage, post } = estate;
afterAll(() => tenant.close());

const makeKeys = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
const makeClient = async (settings: object) => {
  const client = await manage<{ client_id: string; client_secret: string }>("POST", "/clients", {
    name: "Machine",
    app_type: "non_interactive",
    grant_types: ["client_credentials"],
    ...settings,
  });
  await manage("POST", "/client-grants", {
    client_id: client.client_id,
    audience: AUDIENCE,
    scope: ["read:orders"],
  });
  return client;
};
const exchange = (fields: Record<string, string>) =>
  post("/oauth/token", { grant_type: "client_credentials", audience: AUDIENCE, ...fields });
const exchangeByBasic = async (id: string, secret: string, fields: Record<string, string> = {}) => {
  const answer = await tenant.fetch("/oauth/token", {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials", audience: AUDIENCE, ...fields }),
  });
  return { status: answer.status, body: await answer.json() };
};
const unauthorized = { status: 401, body: { error: "access_denied", error_description: "Unauthorized" } };

describe("a client with a secret", () => {
  it.each([
    ["client_secret_post", 200, 401],
    ["client_secret_basic", 401, 200],
  ])("set to %s authenticates in no other way", async (token_endpoint_auth_method, byPost, byBasic) => {
    const { client_id, client_secret } = await makeClient({ token_endpoint_auth_method });
    expect((await exchange({ client_id, client_secret })).status).toBe(byPost);
    expect((await exchangeByBasic(client_id, client_secret)).status).toBe(byBasic);
  });

  it("is refused with a wrong secret, with none, and with another client's id in the body", async () => {
    const { client_id, client_secret } = await makeClient({});
    expect(await exchange({ client_id, client_secret: `${client_secret}x` })).toEqual(unauthorized);
    expect(await exchange({ client_id })).toEqual(unauthorized);
    expect(await exchangeByBasic(client_id, client_secret, { client_id: "other" })).toMatchObject({
      status: 400,
      body: { error: "invalid_request" },
    });
  });
});

describe("a client with a key", async () => {
  const keys = makeKeys();
  const client = await makeClient({});
  const { client_id, client_secret } = client;
  const credential = await manage<{ id: string; kid: string }>("POST", `/clients/${client_id}/credentials`, {
    credential_type: "public_key",
    name: "key",
    pem: keys.publicKey.export({ format: "pem", type: "spki" }),
    alg: "RS256",
  });
  await manage("PATCH", `/clients/${client_id}`, {
    token_endpoint_auth_method: null,
    client_authentication_methods: { private_key_jwt: { credentials: [{ id: credential.id }] } },
  });

  let count = 0;
  const now = () => tenant.clock.seconds();
  const assertion = (
    claims: Readonly<Record<string, unknown>> = {},
    key: KeyObject | Uint8Array = keys.privateKey,
    alg = "RS256",
  ) =>
    new SignJWT({
      iss: client_id,
      sub: client_id,
      aud: `${tenant.url}/`,
      iat: now(),
      exp: now() + 60,
      jti: `assertion ${++count}`,
      ...claims,
    })
      .setProtectedHeader({ alg, kid: credential.kid })
      .sign(key);
  const show = async (token: string | Promise<string>, fields: Record<string, string> = {}) =>
    exchange({
      client_assertion: await token,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      ...fields,
    });

  it("authenticates by an assertion for the issuer or the token endpoint", async () => {
    expect((await show(assertion())).status).toBe(200);
    expect((await show(assertion({ aud: `${tenant.url}/oauth/token` }), { client_id })).status).toBe(200);
  });

  it("cannot show an assertion twice", async () => {
    const token = await assertion();
    expect((await show(token)).status).toBe(200);
    expect(await show(token)).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  });

  it.each([
    ["for another audience", () => assertion({ aud: "https://elsewhere/" })],
    ["of another issuer", () => assertion({ iss: "somebody" })],
    ["that has ended", () => assertion({ exp: now() - 1 })],
    ["that never ends", () => assertion({ exp: undefined })],
    ["that lasts longer than five minutes", () => assertion({ exp: now() + 301 })],
    ["without a jti", () => assertion({ jti: undefined })],
    ["signed with another key", () => assertion({}, makeKeys().privateKey)],
    ["signed with the secret", () => assertion({}, new TextEncoder().encode(client_secret), "HS256")],
    [
      "signed with the public key as a secret",
      () =>
        assertion({}, Buffer.from(String(keys.publicKey.export({ format: "pem", type: "spki" }))), "HS256"),
    ],
    ["signed with another algorithm than the credential's", () => assertion({}, keys.privateKey, "RS512")],
    ["that is not signed", async () => `${btoa('{"alg":"none"}')}.${btoa(`{"sub":"${client_id}"}`)}.`],
  ])("is refused with an assertion %s", async (_what, make) => {
    expect(await show(make())).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  });

  it("is refused with its secret, with no assertion, and with one of an unknown client", async () => {
    expect(await exchange({ client_id, client_secret })).toEqual(unauthorized);
    expect(await exchange({ client_id })).toEqual(unauthorized);
    expect(await show("no JWT")).toEqual(unauthorized);
    expect(await show(assertion(), { client_assertion_type: "magic" })).toMatchObject({ status: 400 });
  });

  it("is refused once its credential has ended", async () => {
    const expires_at = new Date(tenant.clock.now() + 3_600_000).toISOString();
    await manage("PATCH", `/clients/${client_id}/credentials/${credential.id}`, { expires_at });
    expect((await show(assertion())).status).toBe(200);
    tenant.clock.advance(3_600_000);
    expect(await show(assertion())).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  });
});
