import { createPublicKey, generateKeyPairSync, type JsonWebKey, X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { api, managementApi } from "../support/management.ts";

const { call, make, tenant } = managementApi();

type Made = { readonly client_id: string; readonly client_secret: string };
const add = async (body: object = {}) => make<Made>("/clients", { name: "Shop", ...body });
const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = publicKey.export({ type: "spki", format: "pem" });

describe("clients", () => {
  it("have Auth0's defaults, and say only when made that the secret is encrypted", async () => {
    const made = await add();
    expect(made).toEqual({
      tenant: "localhost",
      global: false,
      name: "Shop",
      client_id: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
      client_secret: expect.stringMatching(/^[A-Za-z0-9_-]{64}$/),
      encrypted: true,
      is_first_party: true,
      is_token_endpoint_ip_header_trusted: false,
      oidc_conformant: false,
      sso_disabled: false,
      cross_origin_auth: false,
      cross_origin_authentication: false,
      callback_url_template: false,
      custom_login_page_on: true,
      jwt_configuration: { secret_encoded: false, lifetime_in_seconds: 36000 },
      grant_types: ["authorization_code", "implicit", "refresh_token", "client_credentials"],
      refresh_token: {
        rotation_type: "non-rotating",
        expiration_type: "non-expiring",
        leeway: 0,
        token_lifetime: 2592000,
        infinite_token_lifetime: true,
        infinite_idle_token_lifetime: true,
        idle_token_lifetime: 1296000,
      },
      signing_keys: [{ subject: "/CN=localhost:0", cert: expect.any(String), pkcs7: expect.any(String) }],
    });
    expect((await call("GET", `/clients/${made.client_id}`)).body).not.toHaveProperty("encrypted");
  });

  it.each([{ oidc_logout: {} }, { oidc_logout: null }, { oidc_backchannel_logout: null }])(
    "lose back-channel logout under both names by %j",
    async (change) => {
      const { client_id } = await add({ oidc_logout: { backchannel_logout_urls: ["https://a"] } });
      const { body } = await call("PATCH", `/clients/${client_id}`, change);
      expect(Object.keys(body).filter((name) => /logout/.test(name))).toEqual([]);
    },
  );

  it("show the certificate of the key that signs the tenant's tokens", async () => {
    const certificateOf = async () =>
      (await call<{ signing_keys: [{ cert: string; pkcs7: string }] }>("GET", `/clients/${client_id}`)).body
        .signing_keys[0];
    const { client_id } = await add();
    const before = await certificateOf();
    const { cert, pkcs7 } = before;
    const { keys } = (await (await tenant().fetch("/.well-known/jwks.json")).json()) as {
      keys: JsonWebKey[];
    };
    const [key] = keys.map((jwk) => createPublicKey({ key: jwk, format: "jwk" }));
    const certificate = new X509Certificate(cert);
    expect(key && certificate.verify(key)).toBe(true);
    expect(Buffer.from(pkcs7.replace(/-----[^-]+-----/g, ""), "base64").includes(certificate.raw)).toBe(true);
    await call("POST", "/keys/signing/rotate");
    expect(await certificateOf()).not.toEqual(before);
  });

  it.each([
    [{ app_type: "spa" }, { grant_types: ["authorization_code", "implicit", "refresh_token"] }],
    [
      { token_endpoint_auth_method: "client_secret_post" },
      { refresh_token: { token_lifetime: 31557600, idle_token_lifetime: 2592000 } },
    ],
    [
      { is_first_party: false, third_party_security_mode: "strict" },
      { client_id: expect.stringMatching(/^tpc_[A-Za-z0-9]{22}$/), grant_types: ["authorization_code"] },
    ],
    [{ jwt_configuration: { alg: "RS256" } }, { jwt_configuration: { alg: "RS256", secret_encoded: false } }],
    [
      { oidc_logout: { backchannel_logout_urls: ["https://a"] } },
      {
        oidc_logout: {
          backchannel_logout_urls: ["https://a"],
          backchannel_logout_initiators: { mode: "custom", selected_initiators: ["rp-logout", "idp-logout"] },
        },
        oidc_backchannel_logout: { backchannel_logout_urls: ["https://a"] },
      },
    ],
    [
      { oidc_logout: { backchannel_logout_initiators: { mode: "all" } } },
      { oidc_logout: { backchannel_logout_initiators: { mode: "all" } }, oidc_backchannel_logout: {} },
    ],
    [
      { session_transfer: { enforce_device_binding: "asn" } },
      { session_transfer: { allow_refresh_token: false } },
    ],
  ])("made with %j have %j", async (body, expected) => {
    expect(await add(body)).toMatchObject(expected);
  });

  it("merge metadata in a PATCH and lose what is null", async () => {
    const { client_id } = await add({ client_metadata: { a: "1", b: "2" }, description: "old" });
    const { body } = await call("PATCH", `/clients/${client_id}`, {
      client_metadata: { a: null, c: "3" },
      description: null,
    });
    expect(body.client_metadata).toEqual({ b: "2", c: "3" });
    expect(body).not.toHaveProperty("description");
  });

  it("show the fields that are asked for, and always the tenant", async () => {
    const { client_id } = await add();
    const { body } = await call("GET", `/clients/${client_id}?fields=client_id,name&include_fields=true`);
    expect(body).toEqual({ tenant: "localhost", client_id, name: "Shop" });
  });

  it("get another secret when it is rotated", async () => {
    const { client_id, client_secret } = await add();
    const { status, body } = await call("POST", `/clients/${client_id}/rotate-secret`);
    expect(status).toBe(200);
    expect(body.client_secret).not.toBe(client_secret);
    expect((await call("GET", `/clients/${client_id}`)).body.client_secret).toBe(body.client_secret);
  });

  it("take their grants, credentials and connections with them", async () => {
    await make("/resource-servers", api("urn:orders", "read:orders"));
    const { client_id } = await add();
    await make("/client-grants", { client_id, audience: "urn:orders", scope: [] });
    const { id } = await make("/connections", {
      name: "people",
      strategy: "auth0",
      enabled_clients: [client_id],
    });
    expect((await call("DELETE", `/clients/${client_id}`)).status).toBe(204);
    expect((await call("GET", `/client-grants?client_id=${client_id}`)).body).toEqual([]);
    expect((await call("GET", `/connections/${id}/clients`)).body).toEqual({ clients: [] });
    expect((await call("GET", `/clients/${client_id}`)).body).toMatchObject({
      errorCode: "inexistent_client",
    });
  });
});

describe("the global client", () => {
  it("is found, and cannot be deleted or turned into something else", async () => {
    const { body } = await call<{ clients: Made[] }>("GET", "/clients?is_global=true&include_totals=true");
    expect(body.clients).toMatchObject([{ name: "All Applications", global: true }]);
    const path = `/clients/${body.clients[0]?.client_id}`;
    expect((await call("DELETE", path)).status).toBe(400);
    expect((await call("PATCH", path, { app_type: "spa" })).status).toBe(400);
    expect((await call("PATCH", path, { custom_login_page: "<html>" })).status).toBe(200);
  });
});

describe("credentials of a client", () => {
  it("show what identifies the key, never the key", async () => {
    const { client_id } = await add();
    const sent = { credential_type: "public_key", name: "first", pem };
    expect(await make(`/clients/${client_id}/credentials`, sent)).toEqual({
      id: expect.stringMatching(/^cred_[A-Za-z0-9]{22}$/),
      credential_type: "public_key",
      name: "first",
      kid: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      alg: "RS256",
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
  });

  it("take the place of the secret while they are attached, and stay as long", async () => {
    const { client_id } = await add({ token_endpoint_auth_method: "client_secret_post" });
    const path = `/clients/${client_id}`;
    const { id } = await make(`${path}/credentials`, { credential_type: "public_key", pem });
    const attached = await call("PATCH", path, {
      client_authentication_methods: { private_key_jwt: { credentials: [{ id }] } },
      token_endpoint_auth_method: null,
    });
    expect(attached.body).not.toHaveProperty("client_secret");
    expect(attached.body).not.toHaveProperty("token_endpoint_auth_method");
    expect((await call("DELETE", `${path}/credentials/${id}`)).status).toBe(400);
    const detached = await call("PATCH", path, {
      client_authentication_methods: null,
      token_endpoint_auth_method: "client_secret_post",
    });
    expect(detached.body).toHaveProperty("client_secret");
    expect((await call("DELETE", `${path}/credentials/${id}`)).status).toBe(204);
  });

  it("come in full with a new client, and are named by id from then on", async () => {
    const key = { credential_type: "public_key", name: "spring", pem };
    const methods = (...credentials: object[]) => ({
      client_authentication_methods: { private_key_jwt: { credentials } },
    });
    const made = await add(methods(key));
    const { body } = await call<object[]>("GET", `/clients/${made.client_id}/credentials`);
    expect(body).toMatchObject([{ id: expect.stringMatching(/^cred_/), name: "spring", alg: "RS256" }]);
    expect(made).toMatchObject(methods({ id: expect.stringMatching(/^cred_/) }));
    const clients = (await call<object[]>("GET", "/clients")).body.length;
    const refused = await call("POST", "/clients", { name: "Three", ...methods(key, key, key) });
    expect(refused).toMatchObject({ status: 400, body: { errorCode: "invalid_body" } });
    expect((await call<object[]>("GET", "/clients")).body).toHaveLength(clients);
  });

  it("must be keys, the client's own, and four at most", async () => {
    const [one, other] = [await add(), await add()];
    const path = `/clients/${one.client_id}/credentials`;
    const sent = { credential_type: "public_key", pem };
    expect((await call("POST", path, { ...sent, pem: "no key" })).status).toBe(400);
    const { id } = await make(path, sent);
    const attach = { client_authentication_methods: { private_key_jwt: { credentials: [{ id }] } } };
    expect((await call("PATCH", `/clients/${other.client_id}`, attach)).status).toBe(400);
    for (let n = 0; n < 3; n++) await make(path, sent);
    expect((await call("POST", path, sent)).status).toBe(400);
  });
});

describe("client grants", () => {
  const prepare = async () => {
    await make("/resource-servers", api("urn:orders", "read:orders", "cancel:orders"));
    return { client_id: (await add()).client_id, audience: "urn:orders" };
  };

  it("keep the order of scopes and are for the client itself unless told", async () => {
    const sent = { ...(await prepare()), scope: ["read:orders", "cancel:orders"] };
    expect(await call("POST", "/client-grants", sent)).toEqual({
      status: 201,
      body: { id: expect.stringMatching(/^cgr_/), ...sent, subject_type: "client" },
    });
  });

  it("are one per client, API and subject", async () => {
    const sent = { ...(await prepare()), scope: [] };
    await make("/client-grants", sent);
    expect(await call("POST", "/client-grants", sent)).toMatchObject({
      status: 409,
      body: { message: `A client grant already exists between ${sent.client_id} and urn:orders` },
    });
    expect((await call("POST", "/client-grants", { ...sent, subject_type: "user" })).status).toBe(201);
  });

  it("refuse scopes that the API does not define, then and later", async () => {
    const sent = { ...(await prepare()), scope: ["fly:orders"] };
    expect((await call("POST", "/client-grants", sent)).status).toBe(400);
    const { id } = await make("/client-grants", { ...sent, scope: [] });
    expect((await call("PATCH", `/client-grants/${id}`, { scope: ["fly:orders"] })).body).toMatchObject({
      message: "Payload validation error: scope must be a subset of resource server scopes",
    });
  });

  it("take any scope of an API that defines none", async () => {
    const { client_id } = await prepare();
    await make("/resource-servers", { identifier: "urn:open" });
    const sent = { client_id, audience: "urn:open", scope: ["read:anything"] };
    expect(await make("/client-grants", sent)).toMatchObject(sent);
  });

  it("of all scopes list none", async () => {
    const sent = { ...(await prepare()), allow_all_scopes: true };
    const made = await make<{ id: string }>("/client-grants", sent);
    expect(made).not.toHaveProperty("scope");
    const { body } = await call("PATCH", `/client-grants/${made.id}`, { allow_all_scopes: false, scope: [] });
    expect(body).toMatchObject({ allow_all_scopes: false, scope: [] });
  });
});
