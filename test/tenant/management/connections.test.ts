import { describe, expect, it } from "vitest";
import { managementApi, person } from "../support/management.ts";

const { call, make, tenant } = managementApi();

const database = (options?: object) => ({ name: "people", strategy: "auth0", ...(options && { options }) });

describe("connections", () => {
  it("are there from the start: a database and a social one", async () => {
    const { body } = await call<{ name: string }[]>("GET", "/connections?fields=name");
    expect(body.map(({ name }) => name)).toEqual(["Username-Password-Authentication", "google-oauth2"]);
  });

  it("are completed if they are databases", async () => {
    expect(await make("/connections", database())).toEqual({
      id: expect.stringMatching(/^con_/),
      name: "people",
      strategy: "auth0",
      options: {
        mfa: { active: true, return_enroll_settings: true },
        passwordPolicy: "good",
        strategy_version: 2,
        brute_force_protection: true,
        authentication_methods: {
          password: { enabled: true, api_behavior: "required", signup_behavior: "allow" },
          passkey: { enabled: false },
        },
        passkey_options: {
          challenge_ui: "both",
          progressive_enrollment_enabled: true,
          local_enrollment_enabled: true,
        },
      },
      realms: ["people"],
      is_domain_connection: false,
      authentication: { active: true },
      connected_accounts: { active: false },
      enabled_clients: [],
    });
  });

  it("lose in a PATCH the options that it leaves out, but for how one authenticates", async () => {
    const { id } = await make("/connections", database({ passwordPolicy: "low", import_mode: true }));
    const { body } = await call("PATCH", `/connections/${id}`, { options: { disable_signup: true } });
    expect(body.options).toEqual({
      disable_signup: true,
      authentication_methods: expect.anything(),
      passkey_options: expect.anything(),
    });
  });

  it("are as they were when what they show is sent back", async () => {
    const { id, ...made } = await make<{ id: string; options: object }>("/connections", database({}));
    expect((await call("PATCH", `/connections/${id}`, { options: made.options })).body).toEqual({
      id,
      ...made,
    });
  });

  it("never show the settings of their scripts in clear", async () => {
    const { id } = await make("/connections", database({ configuration: { key: "hush" } }));
    expect(JSON.stringify((await call("GET", `/connections/${id}`)).body)).not.toContain("hush");
    expect(JSON.stringify(tenant().snapshot())).not.toContain("hush");
  });

  it.each([
    [
      { attributes: { email: { identifier: { active: true } } }, validation: {} },
      "Cannot set both options.attributes and options.validation",
    ],
    [
      { attributes: { email: { identifier: { active: false } } } },
      "attributes must contain one active identifier",
    ],
  ])("with %j are refused", async (options, message) => {
    expect(await call("POST", "/connections", database(options))).toMatchObject({
      status: 400,
      body: { message, errorCode: "invalid_body" },
    });
  });

  it("cannot share a name", async () => {
    await make("/connections", database());
    expect((await call("POST", "/connections", database())).body).toMatchObject({
      message: "A connection with the same name already exists",
    });
  });

  it("take their users with them, and say when", async () => {
    const { id } = await make("/connections", database());
    const { user_id } = await make<{ user_id: string }>("/users", {
      ...person("ada@example.com"),
      connection: "people",
    });
    expect(await call("DELETE", `/connections/${id}`)).toEqual({
      status: 202,
      body: { deleted_at: expect.any(String) },
    });
    expect((await call("GET", `/users/${encodeURIComponent(user_id)}`)).status).toBe(404);
  });

  it("are enabled for clients one by one, in that order", async () => {
    const { id } = await make("/connections", database());
    const [a, b] = [
      await make<{ client_id: string }>("/clients", { name: "A" }),
      await make<{ client_id: string }>("/clients", { name: "B" }),
    ];
    const path = `/connections/${id}/clients`;
    expect((await call("PATCH", path, [{ client_id: b.client_id, status: true }])).status).toBe(204);
    await call("PATCH", path, [{ client_id: a.client_id, status: true }]);
    expect((await call("GET", path)).body).toEqual({
      clients: [{ client_id: b.client_id }, { client_id: a.client_id }],
    });
    await call("PATCH", path, [{ client_id: b.client_id, status: false }]);
    expect((await call("GET", `/connections/${id}`)).body).toMatchObject({ enabled_clients: [a.client_id] });
    expect((await call("PATCH", path, [{ client_id: "nobody", status: true }])).status).toBe(400);
  });
});

describe("the tenant's settings", () => {
  it("show lifetimes in hours, however they were sent", async () => {
    const sent = { session_lifetime_in_minutes: 181, idle_session_lifetime_in_minutes: 60 };
    const { body } = await call("PATCH", "/tenants/settings", sent);
    expect(body).toMatchObject({ session_lifetime: 181 / 60, idle_session_lifetime: 1 });
    expect(Object.keys(body).filter((name) => name.endsWith("minutes"))).toEqual([]);
  });

  it("merge by key and flag by flag", async () => {
    await call("PATCH", "/tenants/settings", { friendly_name: "Ours", flags: { enable_sso: false } });
    const { body } = await call("PATCH", "/tenants/settings", { friendly_name: null, session_lifetime: 1 });
    expect(body).toMatchObject({ session_lifetime: 1, flags: { enable_sso: false, universal_login: true } });
    expect(body).not.toHaveProperty("friendly_name");
  });
});

describe("a reset", () => {
  it("forgets what was declared and keeps the deployer and the tokens", async () => {
    await make("/roles", { name: "buyer" });
    const { deployer } = tenant();
    tenant().reset();
    expect((await call("GET", "/roles")).body).toEqual([]);
    expect((await call("GET", `/clients/${deployer.clientId}`)).status).toBe(200);
  });
});

describe("a snapshot", () => {
  it("brings back what was there, and only that", async () => {
    await make("/roles", { name: "buyer" });
    const snapshot = tenant().snapshot();
    await make("/roles", { name: "seller" });
    tenant().restore(snapshot);
    expect((await call("GET", "/roles")).body).toMatchObject([{ name: "buyer" }]);
  });
});
