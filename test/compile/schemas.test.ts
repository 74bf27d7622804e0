import { describe, expect, it } from "vitest";
import { parse, renderSchemas } from "../../src/compile/index.ts";
import { shippedSources } from "../support/shipped.ts";

function schemasOf(files: Readonly<Record<string, string>>): readonly string[] {
  const { value } = parse(Object.entries(files).map(([path, text]) => ({ path, text })));
  return renderSchemas(value).map(({ text }) => text);
}

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | false;
  readonly anyOf?: readonly Schema[];
}

/** Paths of all keys that the schema has no words for. */
function wordless(schema: Schema, path: string): readonly string[] {
  const parts = [schema.items, schema.additionalProperties || undefined, ...(schema.anyOf ?? [])];
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, each]) => [
      ...(each.description ? [] : [`${path}.${key}`]),
      ...wordless(each, `${path}.${key}`),
    ]),
    ...parts.flatMap((each) => (each ? wordless(each, path) : [])),
  ];
}

describe("the schemas for editors", () => {
  const schemas = renderSchemas(parse(shippedSources()).value);

  it("are one for each kind of file", () => {
    expect(schemas.map(({ path }) => path)).toEqual(
      ["api", "role", "group", "client", "guardrails", "accepted-warnings"].map(
        (kind) => `docs/schema/${kind}.json`,
      ),
    );
  });

  it.each(schemas)("say in $path of every key what it is for", ({ path, text }) => {
    const schema: Schema = JSON.parse(text);
    expect(wordless(schema, path)).toEqual([]);
  });

  it("are the same in whatever order the files are read", () => {
    expect(renderSchemas(parse(shippedSources().toReversed()).value)).toEqual(schemas);
  });

  it("allow no name where nothing is declared, and never an empty enum, which editors refuse", () => {
    const [, role = "{}"] = schemasOf({ "rbac/apis/bare.yaml": "identifier: urn:bare\n" });
    expect(role).not.toContain('"enum": []');
    expect(JSON.parse(role).properties.includes.items).toEqual({ not: {} });
    expect(JSON.parse(role).properties.permissions.properties.bare.items.anyOf[0]).toEqual({ not: {} });
  });
});

describe("the names in schemas", () => {
  const [, role, group, client, guardrails] = schemasOf({
    "rbac/apis/orders.yaml":
      "name: Orders\nidentifier: urn:orders\nscopes:\n  read:orders: See orders\n  purge:orders: { description: Empty, risk: low }\n",
    "rbac/roles/clerk.yaml": "name: Office clerk\n",
    "rbac/groups/office.yaml": "",
    "rbac/clients/shop.yaml": "type: spa\n",
  }).map((text) => JSON.parse(text));

  const names = (value: string, text: string) => ({
    type: "string",
    enum: [value],
    markdownEnumDescriptions: [text],
  });
  const clerk = names("clerk", "Office clerk");
  const pattern = { type: "string", pattern: "\\*" };
  const ofOrders = {
    type: "array",
    description: "Orders",
    items: {
      anyOf: [
        {
          type: "string",
          enum: ["read:orders", "purge:orders"],
          markdownEnumDescriptions: ["See orders (low risk)", "Empty (low risk)"],
        },
        pattern,
      ],
    },
  };

  it.each([
    ["included roles", role.properties.includes, { type: "array", items: clerk }],
    ["roles of a group", group.properties.roles, { type: "array", items: clerk }],
    ["groups around a group", group.properties.within, { type: "array", items: names("office", "office") }],
    ["roles a client allows", client.properties.allowedRoles, { type: "array", items: clerk }],
    ["roles that go together", guardrails.properties.together.items.items, clerk],
    ["approved roles", guardrails.properties.approved.items.properties.role, clerk],
    ["approved clients", guardrails.properties.approved.items.properties.client, names("shop", "shop")],
  ])("are, of %s, the declared keys with their names", (_, found, expected) => {
    expect(found).toMatchObject(expected);
  });

  it("are, of scopes, those of each declared API with what they are for and their risk, and patterns", () => {
    expect(role.properties.permissions).toMatchObject({ type: "object", additionalProperties: false });
    expect(role.properties.permissions.properties).toEqual({ orders: ofOrders });
  });

  it("are, of grants, those of the Management API and what policies use, too", () => {
    const { orders, management, ...others } = client.properties.grants.properties;
    expect([orders, others]).toEqual([ofOrders, {}]);
    const [policies, scopes] = management.anyOf;
    expect(policies.const).toBe("from-policies");
    expect(scopes.items.anyOf).toEqual([
      { type: "string", enum: expect.arrayContaining(["read:users"]) },
      pattern,
    ]);
  });

  it("are, of permissions, APIs with their scopes, the Management API's last", () => {
    const { enum: permissions, markdownEnumDescriptions: texts } = guardrails.definitions.permission;
    expect(permissions.slice(0, 2)).toEqual(["orders/read:orders", "orders/purge:orders"]);
    expect(permissions.slice(2)).toContain("management/read:users");
    expect(texts.slice(0, 3)).toEqual([
      "See orders (low risk) (Orders)",
      "Empty (low risk) (Orders)",
      "Auth0's own Management API",
    ]);
  });

  it.each([
    ["never", "permission"],
    ["approve", "permission"],
    ["separate", "permissions"],
  ])("are, under %s, permissions or patterns of declared APIs", (list, key) => {
    const part = guardrails.properties[list].items.properties[key];
    const [permission, { pattern }] = (part.items ?? part).anyOf;
    expect(permission).toEqual({ $ref: "#/definitions/permission" });
    const texts = [
      "orders/*",
      "management/read:*",
      "*/*",
      "or*s/read:orders",
      "orders/read:all",
      "bills/*",
      "*/",
    ];
    expect(texts.filter((text) => new RegExp(pattern).test(text))).toEqual(texts.slice(0, 4));
  });

  it("are, of what is approved, permissions and no patterns", () => {
    const { permission } = guardrails.properties.approved.items.properties;
    expect(permission.$ref).toBe("#/definitions/permission");
  });
});
