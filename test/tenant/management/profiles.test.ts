import { describe, expect, it } from "vitest";
import { managementApi } from "../support/management.ts";

const { call } = managementApi();

describe("a profile", () => {
  it.each([
    { path: "/connection-profiles", plural: "connection_profiles", prefix: "cop", more: {} },
    {
      path: "/user-attribute-profiles",
      plural: "user_attribute_profiles",
      prefix: "uap",
      more: { user_attributes: { email: { label: "E-mail" } } },
    },
  ])("of $path is made, found, changed, listed and deleted", async ({ path, plural, prefix, more }) => {
    const made = await call("POST", path, { name: "Partners", ...more });
    expect(made).toMatchObject({ status: 201, body: { name: "Partners", ...more } });
    const id = String(made.body.id);
    expect(id).toMatch(new RegExp(`^${prefix}_[A-Za-z0-9]{22}$`));
    expect((await call("GET", `${path}/${id}`)).body).toEqual(made.body);
    expect(await call("PATCH", `${path}/${id}`, { name: "Others" })).toMatchObject({
      status: 200,
      body: { name: "Others", ...more },
    });
    expect((await call("GET", `${path}?take=10`)).body).toMatchObject({ [plural]: [{ id }] });
    expect(await call("DELETE", `${path}/${id}`)).toMatchObject({ status: 204 });
    expect(await call("GET", `${path}/${id}`)).toMatchObject({ status: 404 });
  });

  it.each([
    ["/connection-profiles", 50, {}],
    ["/user-attribute-profiles", 128, { user_attributes: {} }],
  ])("of %s has a name of at most %i characters", async (path, most, more) => {
    const named = async (length: number) =>
      (await call("POST", path, { name: "n".repeat(length), ...more })).status;
    expect([await named(most), await named(most + 1)]).toEqual([201, 400]);
  });

  it("of connections says what it has not", async () => {
    expect((await call("POST", "/connection-profiles", { name: "Partners" })).body).toMatchObject({
      connection_config: null,
      strategy_overrides: null,
    });
  });

  it("of attributes maps the user's id by default, member by member", async () => {
    const body = { name: "Partners", user_attributes: {}, user_id: { oidc_mapping: "oid" } };
    expect((await call("POST", "/user-attribute-profiles", body)).body.user_id).toEqual({
      oidc_mapping: "oid",
      saml_mapping: expect.any(Array),
      scim_mapping: "externalId",
    });
  });
});
