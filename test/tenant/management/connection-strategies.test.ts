import { generate } from "selfsigned";
import { describe, expect, it } from "vitest";
import { managementApi } from "../support/management.ts";

const { call, make } = managementApi();

interface Made {
  readonly id: string;
  readonly options: Record<string, unknown>;
  readonly [field: string]: unknown;
}

const connection = (strategy: string, options: object = {}) =>
  make<Made>("/connections", { name: `my-${strategy}`, strategy, options });

const replaceOptions = async (id: string, options: object) =>
  (await call<Made>("PATCH", `/connections/${id}`, { options })).body.options;

const read = async (id: string) => (await call<Made>("GET", `/connections/${id}`)).body;

/** A certificate, as PEM. */
const certificate = async (...subject: { name: string; value: string }[]) =>
  (await generate(subject, { keyType: "ec", curve: "P-256" })).cert.replace(/\r/g, "").trimEnd().concat("\n");

describe("the scope that a social provider is asked for", () => {
  it.each([
    [
      "github",
      { email: true, read_user: true, repo_status: true, gist: false },
      ["user:email", "read:user", "repo:status"],
    ],
    ["linkedin", { email: true, profile: true, basic_profile: false }, ["r_emailaddress", "r_liteprofile"]],
    ["windowslive", { graph_user: true, signin: true }, ["https://graph.microsoft.com/User.Read"]],
    ["salesforce-community", {}, []],
    ["line", { email: true }, ["openid", "email", "profile"]],
    ["apple", { name: true, email: true }, "name email"],
    ["facebook", { email: true, user_birthday: true, public_profile: false }, "email,user_birthday"],
    ["google-apps", {}, ["email", "profile"]],
  ])("of %s follows from the options %j", async (strategy, options, scope) => {
    expect((await connection(strategy, options)).options.scope).toEqual(scope);
  });

  it("is what was sent where nothing is known of the provider", async () => {
    expect((await connection("twitter", { scope: ["basic_profile"] })).options.scope).toEqual([
      "basic_profile",
    ]);
    expect((await connection("oauth2", { scope: "a b" })).options.scope).toBe("a b");
  });

  it("is computed anew when the options are replaced", async () => {
    const { id } = await connection("facebook", { email: true, user_birthday: true });
    expect((await replaceOptions(id, { email: true, user_birthday: false })).scope).toBe("email");
  });
});

describe("a strategy", () => {
  it.each(["carrier-pigeon", "constructor", "__proto__"])(
    "that Auth0 does not have, like %s, is refused",
    async (strategy) => {
      expect(await call("POST", "/connections", { name: "x", strategy })).toMatchObject({
        status: 400,
        body: { message: `Payload validation error: 'No enum match for: ${strategy}' on property strategy.` },
      });
    },
  );
});

describe("an option of a social connection that is null", () => {
  it("is in the answer to the write, and not in the connection", async () => {
    const { id, options } = await connection("line", { tokenURL: null });
    expect(options).toHaveProperty("tokenURL", null);
    expect((await read(id)).options).not.toHaveProperty("tokenURL");
  });

  it("stays with other strategies", async () => {
    const { id } = await connection("sms", { messaging_service_sid: null });
    expect((await read(id)).options).toEqual({ messaging_service_sid: null });
  });
});

describe("an enterprise connection", () => {
  it.each(["ad", "adfs", "google-apps", "pingfederate", "samlp"])(
    "of %s has a page for the administrator of the other side and no button",
    async (strategy) => {
      expect(await connection(strategy)).toMatchObject({
        show_as_button: false,
        provisioning_ticket_url: expect.stringMatching(RegExp(`/p/${strategy}/\\w{8}$`)),
      });
    },
  );

  it("of Microsoft has that page with the old identity API only", async () => {
    const old = await connection("waad", { identity_api: "azure-active-directory-v1.0" });
    expect(old).toMatchObject({
      provisioning_ticket_url: expect.any(String),
      options: { app_domain: expect.any(String) },
    });
    await call("DELETE", `/connections/${old.id}`);
    expect(
      await connection("waad", { identity_api: "microsoft-identity-platform-v2.0", useCommonEndpoint: true }),
    ).not.toHaveProperty("provisioning_ticket_url");
  });

  it("is shown under its name unless another is sent, if it is OpenID Connect or Microsoft's", async () => {
    expect(await connection("oidc")).toMatchObject({ display_name: "my-oidc" });
    expect(await connection("samlp")).not.toHaveProperty("display_name");
    const named = { name: "us", strategy: "waad", display_name: "Us" };
    expect(await make("/connections", named)).toMatchObject({ display_name: "Us" });
  });

  it("loses PKCE in an update that does not ask for it", async () => {
    const { id, options } = await connection("oidc");
    expect(options.connection_settings).toEqual({ pkce: "auto" });
    expect(await replaceOptions(id, {})).toMatchObject({ connection_settings: { pkce: "disabled" } });
  });

  it("of Google keeps how users are identified, whatever an update says of the rest", async () => {
    const { id } = await connection("google-apps", { map_user_id_to_id: true, domain: "example.com" });
    expect(await replaceOptions(id, {})).toEqual({
      email: true,
      profile: true,
      handle_login_from_social: true,
      map_user_id_to_id: true,
      scope: ["email", "profile"],
    });
  });

  it("can be a resource of cross-app access, until that is set to null", async () => {
    const { id } = await connection("oidc");
    const path = `/connections/${id}`;
    const cross_app_access_resource_app = { status: "enabled" };
    expect((await call("PATCH", path, { cross_app_access_resource_app })).body).toMatchObject({
      cross_app_access_resource_app,
    });
    const { body } = await call("PATCH", path, { cross_app_access_resource_app: null });
    expect(body).not.toHaveProperty("cross_app_access_resource_app");
  });
});

describe("an Okta connection", () => {
  it("knows the metadata of the organization that its domain names", async () => {
    const { options } = await connection("okta", { client_id: "c", domain: "acme.okta.com" });
    expect(options.oidc_metadata).toMatchObject({
      issuer: "https://acme.okta.com",
      token_endpoint: "https://acme.okta.com/oauth2/v1/token",
      claims_supported: expect.arrayContaining(["sub", "email_verified", "c_hash"]),
    });
  });
});

describe("the certificate of a SAML identity provider", () => {
  it("is described by its subject, end and thumbprint", async () => {
    const pem = await certificate(
      { name: "countryName", value: "AU" },
      { name: "organizationName", value: "Widgits" },
      { name: "commonName", value: "idp.example.com" },
    );
    const facts = {
      cert: pem,
      subject: { countryName: "AU", organizationName: "Widgits", commonName: "idp.example.com" },
      expires: expect.stringMatching(/^\d{4}-.*\.000Z$/),
      thumbprints: [expect.stringMatching(/^[0-9a-f]{40}$/)],
    };
    expect((await connection("samlp", { signingCert: pem })).options).toMatchObject({
      signingCert: pem,
      ...facts,
    });
    const { options } = await connection("pingfederate", { signingCert: pem });
    expect(options).toMatchObject(facts);
    expect(options).not.toHaveProperty("signingCert");
  });

  it("is read out of metadata with the places to sign in and out", async () => {
    const pem = await certificate({ name: "commonName", value: "idp.example.com" });
    const metadataXml = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">
      <md:SingleLogoutService Binding="urn:redirect" Location="https://idp.example.com/out"/>
      <md:SingleSignOnService Binding="urn:redirect" Location="https://idp.example.com/in"/>
      <ds:X509Certificate>${pem.replace(/-----[^-]+-----/g, "")}</ds:X509Certificate></md:EntityDescriptor>`;
    const { id, options } = await connection("samlp", { metadataXml });
    const found = {
      cert: pem,
      signingCert: Buffer.from(pem).toString("base64"),
      signInEndpoint: "https://idp.example.com/in",
      signOutEndpoint: "https://idp.example.com/out",
      bindingMethod: "urn:redirect",
    };
    expect(options).toMatchObject(found);
    expect(options).not.toHaveProperty("metadataXml");
    expect(await replaceOptions(id, { metadataUrl: "https://idp.example.com/metadata" })).toMatchObject(
      found,
    );
  });
});
