import { describe, expect, it } from "vitest";
import { api, managementApi, person } from "../support/management.ts";

const { call, make } = managementApi();

const permission = (name: string) => ({ resource_server_identifier: "urn:orders", permission_name: name });

describe("roles", () => {
  it("are made with 200, and show an empty description only when read", async () => {
    const made = await call<{ id: string }>("POST", "/roles", { name: "buyer" });
    expect(made).toEqual({
      status: 200,
      body: { id: expect.stringMatching(/^rol_/), name: "buyer", type: "tenant" },
    });
    expect((await call("GET", `/roles/${made.body.id}`)).body).toMatchObject({
      name: "buyer",
      description: "",
    });
  });

  it("cannot share a name", async () => {
    await make("/roles", { name: "buyer" });
    const other = await make("/roles", { name: "seller" });
    expect((await call("POST", "/roles", { name: "buyer" })).status).toBe(409);
    expect((await call("PATCH", `/roles/${other.id}`, { name: "buyer" })).status).toBe(409);
  });

  it("are listed in pages, with totals if asked for", async () => {
    for (const name of ["buyer", "seller", "bookkeeper"]) await make("/roles", { name });
    const query = "include_totals=true&per_page=2&page=1";
    expect((await call("GET", `/roles?${query}`)).body).toEqual({
      roles: [expect.objectContaining({ name: "bookkeeper" })],
      start: 2,
      limit: 2,
      total: 3,
    });
    expect((await call("GET", "/roles?name_filter=ell")).body).toEqual([
      expect.objectContaining({ name: "seller" }),
    ]);
    const beyond = await call("GET", "/roles?include_totals=true&page=7");
    expect(beyond.body).toEqual({ roles: [], start: 350, limit: 50, total: 3 });
  });

  it("are taken off their users when they are deleted", async () => {
    const role = await make("/roles", { name: "buyer" });
    const { user_id } = await make<{ user_id: string }>("/users", person("ada@example.com"));
    const path = `/users/${encodeURIComponent(user_id)}/roles`;
    await call("POST", path, { roles: [role.id] });
    expect(await call("DELETE", `/roles/${role.id}`)).toEqual({ status: 200, body: {} });
    expect((await call("GET", path)).body).toEqual([]);
  });
});

describe("the permissions of a role", () => {
  const prepare = async () => {
    await make("/resource-servers", api("urn:orders", "read:orders", "cancel:orders"));
    const { id } = await make("/roles", { name: "buyer" });
    return `/roles/${id}/permissions`;
  };

  it("add up, are listed by name, and show what the API says of them", async () => {
    const path = await prepare();
    expect(await call("POST", path, { permissions: [permission("read:orders")] })).toEqual({
      status: 201,
      body: {},
    });
    await call("POST", path, { permissions: [permission("read:orders"), permission("cancel:orders")] });
    expect((await call("GET", path)).body).toEqual([
      {
        permission_name: "cancel:orders",
        description: "May cancel:orders",
        resource_server_name: "API urn:orders",
        resource_server_identifier: "urn:orders",
      },
      expect.objectContaining({ permission_name: "read:orders" }),
    ]);
  });

  it("go without an error, even if they are not there", async () => {
    const path = await prepare();
    expect((await call("DELETE", path, { permissions: [permission("read:orders")] })).status).toBe(204);
  });

  it("cannot be of an API or a scope that does not exist", async () => {
    const path = await prepare();
    const unknown = [{ resource_server_identifier: "urn:nothing", permission_name: "read:orders" }];
    expect(await call("POST", path, { permissions: unknown })).toMatchObject({
      status: 404,
      body: { message: "The resource server does not exist: 'urn:nothing'" },
    });
    expect((await call("POST", path, { permissions: [permission("fly:orders")] })).status).toBe(400);
    expect((await call("GET", path)).body).toEqual([]);
  });
});

describe("the users of a role", () => {
  it("are shown by page up to the thousandth, and by checkpoint from there", async () => {
    const { id } = await make("/roles", { name: "buyer" });
    expect((await call("GET", `/roles/${id}/users?page=9&per_page=100`)).status).toBe(200);
    expect(await call("GET", `/roles/${id}/users?page=10&per_page=100`)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("page 10 exceeds the allowed maximum of 1000 records") },
    });
    expect((await call("GET", `/roles/${id}/users?page=10&per_page=100&take=100`)).status).toBe(200);
  });

  it("are added by id and listed by page and by checkpoint", async () => {
    const { id } = await make("/roles", { name: "buyer" });
    const users: string[] = [];
    for (const name of ["ada", "bob", "cyd"])
      users.push((await make<{ user_id: string }>("/users", person(`${name}@example.com`))).user_id);
    expect((await call("POST", `/roles/${id}/users`, { users })).status).toBe(200);

    const all = await call<{ users: { email: string }[] }>("GET", `/roles/${id}/users?include_totals=true`);
    expect(all.body).toMatchObject({ total: 3, users: users.map((user_id) => ({ user_id })) });
    const first = await call<{ users: object[]; next: string }>(
      "GET",
      `/roles/${id}/users?take=2&include_totals=true`,
    );
    expect(first.body).toEqual({ users: [expect.anything(), expect.anything()], next: expect.any(String) });
    const last = await call("GET", `/roles/${id}/users?take=2&from=${first.body.next}`);
    expect(last.body).toEqual({ users: [expect.objectContaining({ email: "cyd@example.com" })] });
  });
});
