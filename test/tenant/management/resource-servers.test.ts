import { describe, expect, it } from "vitest";
import { api, managementApi } from "../support/management.ts";

const { call, make, tenant } = managementApi();

describe("resource servers", () => {
  it("have Auth0's defaults, and no scopes before any are set", async () => {
    expect(await call("POST", "/resource-servers", { identifier: "urn:orders" })).toEqual({
      status: 201,
      body: {
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        identifier: "urn:orders",
        allow_offline_access: false,
        skip_consent_for_verifiable_first_party_clients: false,
        subject_type_authorization: {
          client: { policy: "require_client_grant" },
          user: { policy: "allow_all" },
        },
        token_lifetime: 86400,
        token_lifetime_for_web: 7200,
        signing_alg: "RS256",
      },
    });
  });

  it("are found by id and by identifier, encoded once or twice", async () => {
    const { id } = await make("/resource-servers", api("https://api.example.com/orders", "read:orders"));
    const once = encodeURIComponent("https://api.example.com/orders");
    for (const key of [id, once, encodeURIComponent(once)])
      expect((await call("GET", `/resource-servers/${key}`)).body).toMatchObject({ id });
  });

  it("keep the order of scopes, and an empty list once one was set", async () => {
    const { id } = await make("/resource-servers", api("urn:orders", "write:orders", "read:orders"));
    const read = await call<{ scopes: { value: string }[] }>("GET", `/resource-servers/${id}`);
    expect(read.body.scopes.map(({ value }) => value)).toEqual(["write:orders", "read:orders"]);
    expect((await call("PATCH", `/resource-servers/${id}`, { scopes: [] })).body).toMatchObject({
      scopes: [],
    });
  });

  it("lose a field that a PATCH sets to null and keep what it leaves out", async () => {
    const { id } = await make("/resource-servers", { ...api("urn:orders"), enforce_policies: true });
    const { body } = await call("PATCH", `/resource-servers/${id}`, { enforce_policies: null });
    expect(body).not.toHaveProperty("enforce_policies");
    expect(body).toMatchObject({ name: "API urn:orders" });
  });

  it("cannot share an identifier, define a reserved scope, or change the identifier", async () => {
    const { id } = await make("/resource-servers", api("urn:orders"));
    expect((await call("POST", "/resource-servers", api("urn:orders"))).status).toBe(409);
    expect((await call("POST", "/resource-servers", api("urn:other", "email"))).status).toBe(400);
    expect((await call("PATCH", `/resource-servers/${id}`, { identifier: "urn:new" })).status).toBe(400);
  });

  it("take the permissions and grants of their scopes with them", async () => {
    const { id } = await make("/resource-servers", api("urn:orders", "read:orders"));
    const role = await make("/roles", { name: "buyer" });
    const permissions = [{ resource_server_identifier: "urn:orders", permission_name: "read:orders" }];
    await make(`/roles/${role.id}/permissions`, { permissions });
    const { client_id } = await make<{ client_id: string }>("/clients", { name: "Worker" });
    await make("/client-grants", { client_id, audience: "urn:orders", scope: ["read:orders"] });
    expect((await call("DELETE", `/resource-servers/${id}`)).status).toBe(204);
    expect((await call("GET", `/roles/${role.id}/permissions`)).body).toEqual([]);
    expect((await call("GET", `/client-grants?client_id=${client_id}`)).body).toEqual([]);
  });

  it("are gone for a second DELETE, which says nothing, and for a GET, which does", async () => {
    expect((await call("DELETE", "/resource-servers/000000000000000000000000")).status).toBe(204);
    expect(await call("GET", "/resource-servers/000000000000000000000000")).toEqual({
      status: 404,
      body: {
        statusCode: 404,
        error: "Not Found",
        message: "The resource server does not exist",
        errorCode: "inexistent_resource_server",
      },
    });
  });
});

describe("the Management API as a resource server", () => {
  const self = () => `/resource-servers/${encodeURIComponent(`${tenant().url}/api/v2/`)}`;

  it("is there with all its scopes", async () => {
    const { body } = await call<{ scopes: { value: string }[] }>("GET", self());
    expect(body).toMatchObject({ name: "Auth0 Management API", is_system: true, token_lifetime: 86400 });
    expect(body.scopes.map(({ value }) => value)).toContain("create:role_members");
  });

  it("cannot be deleted, nor changed but in its lifetimes", async () => {
    expect((await call("DELETE", self())).status).toBe(400);
    expect((await call("PATCH", self(), { scopes: [] })).status).toBe(400);
    expect((await call("PATCH", self(), { token_lifetime: 600 })).body).toMatchObject({
      token_lifetime: 600,
    });
  });
});
