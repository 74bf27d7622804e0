import { describe, expect, it } from "vitest";
import { api, managementApi, person } from "../support/management.ts";

const { call, make } = managementApi();

type Made = { readonly user_id: string };
const add = async (email: string, more: object = {}) => {
  const { user_id } = await make<Made>("/users", { ...person(email), ...more });
  return `/users/${encodeURIComponent(user_id)}`;
};

describe("users", () => {
  it("get name, nickname and picture from their address, and never show the password", async () => {
    expect(await call("POST", "/users", person("Ada.Byron@Example.com"))).toEqual({
      status: 201,
      body: {
        user_id: expect.stringMatching(/^auth0\|[0-9a-f]{24}$/),
        email: "ada.byron@example.com",
        email_verified: false,
        name: "ada.byron@example.com",
        nickname: "ada.byron",
        picture:
          "https://s.gravatar.com/avatar/62b66353bb08790016b216af4f3a13f9?s=480&r=pg&d=https%3A%2F%2Fcdn.auth0.com%2Favatars%2Fad.png",
        identities: [
          {
            connection: "Username-Password-Authentication",
            user_id: expect.any(String),
            provider: "auth0",
            isSocial: false,
          },
        ],
        created_at: expect.any(String),
        updated_at: expect.any(String),
      },
    });
  });

  it("may bring their own id", async () => {
    expect(await make("/users", { ...person("ada@example.com"), user_id: "ada" })).toMatchObject({
      user_id: "auth0|ada",
      identities: [{ user_id: "ada" }],
    });
  });

  it.each([
    ["whose address is taken", person("ADA@example.com"), 409],
    ["without a password", { connection: "Username-Password-Authentication", email: "bob@example.com" }, 400],
    ["with a weak password", { ...person("bob@example.com"), password: "password" }, 400],
    ["of a connection that does not exist", { ...person("bob@example.com"), connection: "none" }, 400],
  ])("%s are refused", async (_, body, status) => {
    await add("ada@example.com");
    expect((await call("POST", "/users", body)).status).toBe(status);
  });

  it("have metadata that merge one level deep; {} clears, and leaves only user_metadata behind", async () => {
    const path = await add("ada@example.com", {
      user_metadata: { a: 1, b: { c: 1 } },
      app_metadata: { a: 1 },
    });
    const { body } = await call("PATCH", path, {
      user_metadata: { a: null, b: { d: 2 } },
      app_metadata: { e: 3 },
    });
    expect(body).toMatchObject({ user_metadata: { b: { d: 2 } }, app_metadata: { a: 1, e: 3 } });
    expect(body.user_metadata).toEqual({ b: { d: 2 } });
    const cleared = (await call("PATCH", path, { user_metadata: {}, app_metadata: {} })).body;
    expect(cleared.user_metadata).toEqual({});
    expect(cleared).not.toHaveProperty("app_metadata");
  });

  it("cannot take another's address by a PATCH", async () => {
    await add("ada@example.com");
    const path = await add("bob@example.com");
    expect((await call("PATCH", path, { email: "ada@example.com" })).status).toBe(400);
    expect((await call("PATCH", path, { email: "bob@example.com" })).status).toBe(200);
  });

  it("are gone after DELETE with all their assignments", async () => {
    const role = await make("/roles", { name: "buyer" });
    const path = await add("ada@example.com", { user_id: "ada" });
    await call("POST", `${path}/roles`, { roles: [role.id] });
    expect((await call("DELETE", path)).status).toBe(204);
    expect(await call("GET", path)).toMatchObject({
      status: 404,
      body: { message: "The user does not exist.", errorCode: "inexistent_user" },
    });
    await add("ada@example.com", { user_id: "ada" });
    expect((await call("GET", `${path}/roles`)).body).toEqual([]);
  });
});

describe("a search for users", () => {
  const found = async (q: string) => {
    const query = new URLSearchParams({ q, include_totals: "true" });
    const { body } = await call<{ users: { nickname: string }[]; total: number; length: number }>(
      "GET",
      `/users?${query}`,
    );
    expect(body.length).toBe(body.users.length);
    return body.users.map(({ nickname }) => nickname);
  };
  const prepare = async () => {
    await add("ada@example.com", {
      username: "countess",
      app_metadata: { plan: "gold", tags: ["vip", "early"] },
    });
    await add("bob@example.com", {
      name: "Bob Builder",
      blocked: true,
      app_metadata: { plan: "basic", seats: 3 },
    });
    await add("cyd@example.org", { app_metadata: { seats: 12 } });
  };

  it.each([
    ["email:ada@example.com", ["ada"]],
    ['email:"ADA@example.com"', ["ada"]],
    ["username:countess", ["ada"]],
    ['email.domain:"example.com"', ["ada", "bob"]],
    ["email:*@example.org", ["cyd"]],
    ['name:"Bob Builder"', ["bob"]],
    ["blocked:true", ["bob"]],
    ["app_metadata.plan:gold OR app_metadata.plan:basic", ["ada", "bob"]],
    ["app_metadata.tags:vip", ["ada"]],
    ["app_metadata.seats:[3 TO 10]", ["bob"]],
    ["app_metadata.seats:{3 TO *]", ["cyd"]],
    ["_exists_:username", ["ada"]],
    ["NOT email.domain:example.com", ["cyd"]],
    ["-blocked:true AND (nickname:ada OR nickname:bob)", ["ada"]],
    ['identities.connection:"Username-Password-Authentication"', ["ada", "bob", "cyd"]],
    ["email:nobody@example.com", []],
    ["email:x';DROP TABLE users;--", []],
  ])("%s finds %j", async (q, nicknames) => {
    await prepare();
    expect(await found(q)).toEqual(nicknames);
  });

  it.each(["email:", "(email:a", 'email:"a', "a) OR (b"])("%s cannot be read", async (q) => {
    expect(await call("GET", `/users?${new URLSearchParams({ q })}`)).toMatchObject({
      status: 400,
      body: { errorCode: "invalid_query_string" },
    });
  });

  it("cannot be read longer than 250 words and brackets", async () => {
    const q = (words: number) => `/users?${new URLSearchParams({ q: Array(words).fill("ada").join(" ") })}`;
    expect((await call("GET", q(250))).status).toBe(200);
    expect((await call("GET", q(251))).status).toBe(400);
    expect((await call("GET", `/users?q=${"(".repeat(6000)}`)).status).toBe(400);
  });

  it("is confined to a connection by the parameter of that name", async () => {
    await prepare();
    await make("/users", { connection: "google-oauth2", email: "dee@example.com" });
    const names = async (query: string) =>
      (await call<{ nickname: string }[]>("GET", `/users?${query}`)).body.map(({ nickname }) => nickname);
    expect(await names("connection=google-oauth2")).toEqual(["dee"]);
    expect(await names("connection=google-oauth2&q=email.domain:example.com")).toEqual(["dee"]);
    expect(await names("connection=google-oauth2&q=nickname:ada")).toEqual([]);
    expect(await names("connection=none")).toEqual([]);
  });

  it("shows no page behind the first thousand, whatever it finds", async () => {
    expect((await call("GET", "/users?page=9&per_page=100")).status).toBe(200);
    expect((await call("GET", "/users?page=19")).status).toBe(200);
    for (const query of ["page=10&per_page=100", "page=20", "page=20&q=name:nobody&sort=email:1"])
      expect(await call("GET", `/users?${query}`)).toMatchObject({
        status: 400,
        body: { errorCode: "invalid_paging" },
      });
  });

  it("by e-mail takes any case and shows the fields that are asked for", async () => {
    await prepare();
    const answer = await call("GET", "/users-by-email?email=Ada@Example.com&fields=email,username");
    expect(answer.body).toEqual([{ email: "ada@example.com", username: "countess" }]);
    expect((await call("GET", "/users-by-email")).status).toBe(400);
  });
});

describe("the roles of a user", () => {
  it("are assigned, listed by name and removed, each without an error if repeated", async () => {
    const roles = [
      (await make("/roles", { name: "seller" })).id,
      (await make("/roles", { name: "buyer" })).id,
    ];
    const path = `${await add("ada@example.com")}/roles`;
    expect((await call("POST", path, { roles })).status).toBe(204);
    expect((await call("POST", path, { roles })).status).toBe(204);
    expect((await call("GET", path)).body).toEqual([
      { id: roles[1], name: "buyer", description: "" },
      { id: roles[0], name: "seller", description: "" },
    ]);
    expect((await call("DELETE", path, { roles })).status).toBe(204);
    expect((await call("DELETE", path, { roles })).status).toBe(204);
    expect((await call("GET", path)).body).toEqual([]);
  });

  it("cannot be one that does not exist, and then none of the others is assigned", async () => {
    const { id } = await make("/roles", { name: "buyer" });
    const path = `${await add("ada@example.com")}/roles`;
    expect((await call("POST", path, { roles: [id, "rol_nothing"] })).status).toBe(404);
    expect((await call("GET", path)).body).toEqual([]);
  });
});

describe("the permissions of a user", () => {
  it("are the direct ones and those of the roles, with where they come from", async () => {
    await make("/resource-servers", api("urn:orders", "read:orders", "cancel:orders"));
    const permission = { resource_server_identifier: "urn:orders", permission_name: "read:orders" };
    const role = await make("/roles", { name: "buyer" });
    await make(`/roles/${role.id}/permissions`, { permissions: [permission] });
    const path = await add("ada@example.com");
    await call("POST", `${path}/roles`, { roles: [role.id] });
    expect(await call("POST", `${path}/permissions`, { permissions: [permission] })).toEqual({
      status: 201,
      body: {},
    });
    expect((await call("GET", `${path}/permissions`)).body).toEqual([
      {
        ...permission,
        description: "May read:orders",
        resource_server_name: "API urn:orders",
        sources: [
          { source_id: "", source_name: "", source_type: "DIRECT" },
          { source_id: role.id, source_name: "buyer", source_type: "ROLE" },
        ],
      },
    ]);
    expect((await call("DELETE", `${path}/permissions`, { permissions: [permission] })).status).toBe(204);
    expect((await call("GET", `${path}/permissions`)).body).toMatchObject([
      { sources: [{ source_type: "ROLE" }] },
    ]);
  });
});
