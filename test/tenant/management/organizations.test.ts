import { describe, expect, it } from "vitest";
import { api, managementApi, person } from "../support/management.ts";

const { call, make } = managementApi();

interface Made {
  readonly id: string;
}
interface Members {
  readonly members: readonly { readonly user_id: string }[];
  readonly next?: string;
}

const organization = (name = "acme", fields: object = {}) =>
  make<Made>("/organizations", { name, ...fields });
const user = async (email: string) =>
  (await make<{ user_id: string }>("/users", person(email))).user_id.replace("|", "%7C");
const plain = (id: string) => id.replace("%7C", "|");

describe("an organization", () => {
  it("is made with what was sent and nothing else", async () => {
    const { status, body } = await call("POST", "/organizations", { name: "acme", display_name: "Acme" });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^org_[A-Za-z0-9]{16}$/),
      name: "acme",
      display_name: "Acme",
      third_party_client_access: "block",
      is_app_entitlement_active: false,
    });
  });

  it("is found by id and by name", async () => {
    const { id } = await organization();
    expect(await call("GET", `/organizations/${id}`)).toMatchObject({
      status: 200,
      body: { id, name: "acme" },
    });
    expect(await call("GET", "/organizations/name/acme")).toMatchObject({ status: 200, body: { id } });
  });

  it.each(["/organizations/org_nobody", "/organizations/name/nobody"])(
    "that is unknown is 404 (%s)",
    async (path) => {
      expect(await call("GET", path)).toEqual({
        status: 404,
        body: { statusCode: 404, error: "Not Found", message: "No organization found by that id or name" },
      });
    },
  );

  it("with the name of another is 409", async () => {
    const { id } = await organization();
    await organization("other");
    expect(await call("POST", "/organizations", { name: "acme" })).toMatchObject({ status: 409 });
    expect(await call("PATCH", `/organizations/${id}`, { name: "other" })).toMatchObject({ status: 409 });
    expect(await call("PATCH", `/organizations/${id}`, { name: "acme" })).toMatchObject({ status: 200 });
  });

  it("has metadata and branding replaced as a whole, and no metadata once it is empty", async () => {
    const { id } = await organization("acme", {
      metadata: { one: "1", two: "2" },
      branding: { logo_url: "https://acme.example/logo.png" },
    });
    const colors = { primary: "#000000", page_background: "#ffffff" };
    const changed = await call("PATCH", `/organizations/${id}`, {
      metadata: { two: "3" },
      branding: { colors },
    });
    expect(changed.body).toMatchObject({ metadata: { two: "3" }, branding: { colors } });
    expect(changed.body.branding).toEqual({ colors });
    expect((await call("PATCH", `/organizations/${id}`, { metadata: {} })).body).not.toHaveProperty(
      "metadata",
    );
  });

  it.each([
    ["a name in capitals", { name: "Acme" }],
    ["no name", { display_name: "Acme" }],
    ["a field that is not known", { name: "acme", owner: "me" }],
    [
      "a colour that is none",
      { name: "acme", branding: { colors: { primary: "red", page_background: "#fff" } } },
    ],
  ])("with %s is 400", async (_, body) => {
    expect(await call("POST", "/organizations", body)).toMatchObject({
      status: 400,
      body: { errorCode: "invalid_body", message: expect.stringContaining("Payload validation error") },
    });
  });

  it("is listed by pages and by checkpoints", async () => {
    for (const name of ["one", "two", "three"]) await organization(name);
    expect((await call("GET", "/organizations?include_totals=true&per_page=2&page=1")).body).toMatchObject({
      organizations: [{ name: "three" }],
      start: 2,
      limit: 2,
      total: 3,
    });
    const { body } = await call("GET", "/organizations?take=2");
    expect(body).toMatchObject({
      organizations: [{ name: "one" }, { name: "two" }],
      next: expect.any(String),
    });
    expect((await call("GET", `/organizations?take=2&from=${String(body.next)}`)).body).toEqual({
      organizations: [expect.objectContaining({ name: "three" })],
    });
  });

  it("is deleted with everything in it, and again without complaint", async () => {
    const { id } = await organization();
    const member = await user("ada@example.com");
    const role = await make<Made>("/roles", { name: "Editor" });
    await make("/roles", { name: "Owned", type: "organization", owner_id: id });
    await call("POST", `/organizations/${id}/members`, { members: [plain(member)] });
    await call("POST", `/organizations/${id}/members/${member}/roles`, { roles: [role.id] });
    expect(await call("DELETE", `/organizations/${id}`)).toMatchObject({ status: 204 });
    expect(await call("DELETE", `/organizations/${id}`)).toMatchObject({ status: 204 });
    expect((await call("GET", `/users/${member}/organizations`)).body).toEqual([]);
    expect((await call("GET", "/roles")).body).toMatchObject([{ name: "Editor" }]);
  });
});

describe("members of an organization", () => {
  it("are listed in the order of joining, by pages and by checkpoints", async () => {
    const { id } = await organization();
    const [zoe, ada] = [await user("zoe@example.com"), await user("ada@example.com")];
    expect(await call("POST", `/organizations/${id}/members`, { members: [plain(zoe)] })).toMatchObject({
      status: 204,
    });
    await call("POST", `/organizations/${id}/members`, { members: [plain(ada), plain(zoe)] });
    const path = `/organizations/${id}/members?fields=user_id&include_fields=true`;
    expect((await call("GET", path)).body).toEqual([{ user_id: plain(zoe) }, { user_id: plain(ada) }]);
    const first = await call<Members>("GET", `${path}&take=1`);
    expect(first.body.members).toEqual([{ user_id: plain(zoe) }]);
    expect((await call("GET", `${path}&take=1&from=${first.body.next}`)).body).toEqual({
      members: [{ user_id: plain(ada) }],
    });
  });

  it("are shown with their roles when one asks", async () => {
    const { id } = await organization();
    const ada = await user("ada@example.com");
    const role = await make<Made>("/roles", { name: "Editor" });
    await call("POST", `/organizations/${id}/members`, { members: [plain(ada)] });
    await call("POST", `/organizations/${id}/members/${ada}/roles`, { roles: [role.id] });
    expect((await call("GET", `/organizations/${id}/members?fields=email,roles`)).body).toEqual([
      { email: "ada@example.com", roles: [{ id: role.id, name: "Editor" }] },
    ]);
    expect((await call<unknown[]>("GET", `/organizations/${id}/members`)).body[0]).not.toHaveProperty(
      "roles",
    );
  });

  it("have roles in the order of assignment", async () => {
    const { id } = await organization();
    const ada = await user("ada@example.com");
    const roles = [
      await make<Made>("/roles", { name: "Writer" }),
      await make<Made>("/roles", { name: "Reader" }),
    ];
    const path = `/organizations/${id}/members/${ada}/roles`;
    await call("POST", `/organizations/${id}/members`, { members: [plain(ada)] });
    expect(await call("POST", path, { roles: roles.map((role) => role.id) })).toMatchObject({ status: 204 });
    expect((await call("GET", `${path}?include_totals=true`)).body).toEqual({
      roles: [
        { id: roles[0]?.id, name: "Writer", description: "" },
        { id: roles[1]?.id, name: "Reader", description: "" },
      ],
      start: 0,
      limit: 50,
      total: 2,
    });
    const members = await call<Members>("GET", `/organizations/${id}/roles/${roles[1]?.id}/members?take=50`);
    expect(members.body).toEqual({ members: [expect.objectContaining({ user_id: plain(ada) })] });
    expect(await call("DELETE", path, { roles: [roles[0]?.id] })).toMatchObject({ status: 204 });
    expect((await call("GET", path)).body).toMatchObject([{ name: "Reader" }]);
    // The same role outside of the organization is another assignment.
    expect((await call("GET", `/users/${ada}/roles`)).body).toEqual([]);
  });

  it("lose their roles with their membership", async () => {
    const { id } = await organization();
    const ada = await user("ada@example.com");
    const role = await make<Made>("/roles", { name: "Editor" });
    await call("POST", `/organizations/${id}/members`, { members: [plain(ada)] });
    await call("POST", `/organizations/${id}/members/${ada}/roles`, { roles: [role.id] });
    for (let times = 0; times < 2; times++)
      expect(await call("DELETE", `/organizations/${id}/members`, { members: [plain(ada)] })).toMatchObject({
        status: 204,
      });
    await call("POST", `/organizations/${id}/members`, { members: [plain(ada)] });
    expect((await call("GET", `/organizations/${id}/members/${ada}/roles`)).body).toEqual([]);
  });

  it("cannot be strangers, and strangers cannot have roles", async () => {
    const { id } = await organization();
    const ada = await user("ada@example.com");
    const role = await make<Made>("/roles", { name: "Editor" });
    expect(await call("POST", `/organizations/${id}/members`, { members: ["auth0|nobody"] })).toMatchObject({
      status: 404,
      body: { errorCode: "inexistent_user" },
    });
    expect(
      await call("POST", `/organizations/${id}/members/${ada}/roles`, { roles: [role.id] }),
    ).toMatchObject({
      status: 400,
    });
  });

  it("go with the user, and their roles with the role", async () => {
    const { id } = await organization();
    const [ada, bob] = [await user("ada@example.com"), await user("bob@example.com")];
    const role = await make<Made>("/roles", { name: "Editor" });
    await call("POST", `/organizations/${id}/members`, { members: [plain(ada), plain(bob)] });
    await call("POST", `/organizations/${id}/members/${bob}/roles`, { roles: [role.id] });
    await call("DELETE", `/users/${ada}`);
    await call("DELETE", `/roles/${role.id}`);
    expect((await call("GET", `/organizations/${id}/members?fields=user_id`)).body).toEqual([
      { user_id: plain(bob) },
    ]);
    expect((await call("GET", `/organizations/${id}/members/${bob}/roles`)).body).toEqual([]);
  });

  it("see their organizations, with a total that Auth0 leaves at 0", async () => {
    const { id } = await organization();
    const ada = await user("ada@example.com");
    await call("POST", `/organizations/${id}/members`, { members: [plain(ada)] });
    expect((await call("GET", `/users/${ada}/organizations?include_totals=true`)).body).toMatchObject({
      organizations: [{ id, name: "acme" }],
      total: 0,
    });
  });
});

describe("connections of an organization", () => {
  const connection = (name: string, strategy = "auth0") => make<Made>("/connections", { name, strategy });

  it("have defaults, and sign-up only for a database", async () => {
    const { id } = await organization();
    const [database, social] = [await connection("people"), await connection("github", "github")];
    expect(await call("POST", `/organizations/${id}/connections`, { connection_id: database.id })).toEqual({
      status: 201,
      body: {
        connection_id: database.id,
        assign_membership_on_login: false,
        is_signup_enabled: false,
        show_as_button: true,
        is_enabled: true,
        organization_access_level: "none",
        connection: { name: "people", strategy: "auth0" },
      },
    });
    const { body } = await call("POST", `/organizations/${id}/connections`, { connection_id: social.id });
    expect(body).not.toHaveProperty("is_signup_enabled");
  });

  it("are seen by the older name only if they are enabled, and with less", async () => {
    const { id } = await organization();
    const { id: connection_id } = await connection("people");
    const [path, old] = [`/organizations/${id}/connections`, `/organizations/${id}/enabled_connections`];
    await call("POST", old, { connection_id, assign_membership_on_login: true });
    expect((await call("GET", old)).body).toEqual([
      {
        connection_id,
        assign_membership_on_login: true,
        is_signup_enabled: false,
        show_as_button: true,
        connection: { name: "people", strategy: "auth0" },
      },
    ]);
    expect(await call("PATCH", `${path}/${connection_id}`, { is_enabled: false })).toMatchObject({
      status: 200,
      body: { is_enabled: false, assign_membership_on_login: true },
    });
    expect((await call("GET", old)).body).toEqual([]);
    expect((await call("GET", `${path}?is_enabled=true`)).body).toEqual([]);
    expect((await call("GET", path)).body).toMatchObject([{ connection_id }]);
  });

  it("are there once, are removed without complaint, and go with the connection", async () => {
    const { id } = await organization();
    const { id: connection_id } = await connection("people");
    const path = `/organizations/${id}/connections`;
    await call("POST", path, { connection_id });
    expect(await call("POST", path, { connection_id })).toMatchObject({ status: 409 });
    expect(await call("POST", path, { connection_id: "con_nothing" })).toMatchObject({ status: 404 });
    for (let times = 0; times < 2; times++)
      expect(await call("DELETE", `${path}/${connection_id}`)).toMatchObject({ status: 204 });
    expect(await call("GET", `${path}/${connection_id}`)).toMatchObject({ status: 404 });
    await call("POST", path, { connection_id });
    await call("DELETE", `/connections/${connection_id}`);
    expect((await call("GET", path)).body).toEqual([]);
  });

  it("can be named when the organization is made", async () => {
    const { id: connection_id } = await connection("people");
    const { id } = await organization("acme", {
      enabled_connections: [{ connection_id, show_as_button: false }],
    });
    expect((await call("GET", `/organizations/${id}/connections`)).body).toMatchObject([
      { connection_id, show_as_button: false },
    ]);
  });
});

describe("clients of an organization", () => {
  it("are entitled, changed and listed newest first", async () => {
    const { id } = await organization();
    const [one, two] = [
      await make<{ client_id: string }>("/clients", { name: "one" }),
      await make<{ client_id: string }>("/clients", { name: "two" }),
    ];
    const path = `/organizations/${id}/clients`;
    const added = await call<unknown[]>("POST", path, {
      clients: [{ client_id: one.client_id, use_for_member_access: true }, { client_id: two.client_id }],
    });
    expect(added.status).toBe(201);
    expect(added.body[0]).toMatchObject({
      client_id: one.client_id,
      use_for_member_access: true,
      client: { name: "one", is_first_party: true },
    });
    expect(await call("PATCH", `${path}/${one.client_id}`, { use_for_member_access: false })).toMatchObject({
      status: 200,
      body: { use_for_member_access: false },
    });
    const first = await call("GET", `${path}?take=1`);
    expect(first.body).toMatchObject({ clients: [{ client_id: two.client_id }] });
    expect((await call("GET", `${path}?take=1&from=${String(first.body.next)}`)).body).toEqual({
      clients: [expect.objectContaining({ client_id: one.client_id, use_for_member_access: false })],
    });
    expect(await call("DELETE", path, { clients: [two.client_id] })).toMatchObject({ status: 204 });
    await call("DELETE", `/clients/${one.client_id}`);
    expect((await call("GET", path)).body).toEqual({ clients: [] });
  });
});

describe("the list of organizations", () => {
  it("says where a client is entitled, and how", async () => {
    const { id } = await organization();
    await organization("other");
    const { client_id } = await make<{ client_id: string }>("/clients", { name: "one" });
    await call("POST", `/organizations/${id}/clients`, {
      clients: [{ client_id, use_for_member_access: true }],
    });
    const { body } = await call<object[]>(
      "GET",
      `/organizations?include_client_association_for=${client_id}`,
    );
    expect(body).toMatchObject([
      { name: "acme", client: { use_for_member_access: true } },
      { name: "other" },
    ]);
    expect(body[1]).not.toHaveProperty("client");
  });
});

describe("client grants of an organization", () => {
  it("are listed on both sides, and go with the grant, the API and the client", async () => {
    const { id } = await organization();
    await make("/resource-servers", api("https://api.example.com/", "read:all"));
    const { client_id } = await make<{ client_id: string }>("/clients", { name: "machine" });
    const body = { client_id, audience: "https://api.example.com/", scope: ["read:all"] };
    const { id: grant_id } = await make<Made>("/client-grants", body);
    const path = `/organizations/${id}/client-grants`;
    expect(await call("POST", path, { grant_id })).toEqual({ status: 201, body: { grant_id, ...body } });
    expect(await call("POST", path, { grant_id })).toMatchObject({ status: 409 });
    expect((await call("GET", path)).body).toEqual([{ id: grant_id, ...body, subject_type: "client" }]);
    expect((await call("GET", `${path}?client_id=other`)).body).toEqual([]);
    expect((await call("GET", `/client-grants/${grant_id}/organizations?take=50`)).body).toMatchObject({
      organizations: [{ id }],
    });
    await call("DELETE", "/resource-servers/https%3A%2F%2Fapi.example.com%2F");
    expect((await call("GET", path)).body).toEqual([]);
  });
});

describe("discovery domains of an organization", () => {
  it("are made with what has to be put into DNS, found, changed and deleted", async () => {
    const { id } = await organization();
    const path = `/organizations/${id}/discovery-domains`;
    const { body } = await call("POST", path, { domain: "acme.example" });
    expect(body).toEqual({
      id: expect.stringMatching(/^ord_[A-Za-z0-9]{22}$/),
      domain: "acme.example",
      status: "pending",
      verification_host: `_ss-verification.${id}.acme.example`,
      verification_txt: expect.stringMatching(/^[0-9a-f]{32}$/),
      use_for_organization_discovery: true,
    });
    expect(await call("POST", path, { domain: "acme.example" })).toMatchObject({ status: 409 });
    expect((await call("GET", `${path}/name/acme.example`)).body).toEqual(body);
    expect(await call("PATCH", `${path}/${String(body.id)}`, { status: "verified" })).toMatchObject({
      status: 200,
      body: { status: "verified" },
    });
    expect(await call("DELETE", `${path}/${String(body.id)}`)).toMatchObject({ status: 204 });
    expect(await call("GET", `${path}/${String(body.id)}`)).toMatchObject({ status: 404 });
    expect((await call("GET", `${path}?take=100`)).body).toEqual({ domains: [] });
  });
});
