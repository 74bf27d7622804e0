import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parse, resolve } from "../../src/compile/index.ts";
import type { Flows } from "../../src/model/flows.ts";
import { loginFlow } from "../support/models.ts";
import { shippedSources } from "../support/shipped.ts";

function modelOf(files: Readonly<Record<string, string>>, flows: Flows = { flows: [] }) {
  const sources = Object.entries(files).map(([path, text]) => ({ path: `rbac/${path}.yaml`, text }));
  return resolve(parse(sources).value, flows, []).value;
}

const orders =
  "identifier: urn:orders\nscopes: { read:orders: See, update:orders: Change, refund:orders: Give back }\n";

describe("effective permissions", () => {
  it("of the example estate are what a security reviewer expects", () => {
    const { value } = parse(shippedSources());
    const { roles } = resolve(value, { flows: [] }, value.stacks).value;
    const table = roles.map(({ key, permissions }) => [
      key,
      permissions.map(({ api, scope, via }) => `${api} ${scope} via ${via.join(", ")}`),
    ]);
    expect(Object.fromEntries(table)).toEqual({
      accountant: [
        "billing create:invoices via accountant",
        "billing read:invoices via accountant",
        "billing update:invoices via accountant",
        "orders read:orders via accountant",
      ],
      customer: [
        "billing read:own-invoices via customer",
        "orders cancel:own-orders via customer",
        "orders create:own-orders via customer",
        "orders read:own-orders via customer",
        "support create:own-tickets via customer",
        "support read:own-tickets via customer",
      ],
      "finance-lead": [
        "billing create:invoices via accountant",
        "billing read:invoices via accountant",
        "billing read:payouts via finance-lead",
        "billing update:invoices via accountant",
        "billing void:invoices via finance-lead",
        "orders read:orders via accountant",
      ],
      "support-agent": [
        "orders read:orders via support-agent",
        "support read:tickets via support-agent",
        "support reply:tickets via support-agent",
      ],
      "support-lead": [
        "orders read:orders via support-agent",
        "orders refund:orders via support-lead",
        "orders update:orders via support-lead",
        "support assign:tickets via support-lead",
        "support delete:tickets via support-lead",
        "support read:tickets via support-agent",
        "support reply:tickets via support-agent",
      ],
      "warehouse-clerk": [
        "orders fulfill:orders via warehouse-clerk",
        "orders read:orders via warehouse-clerk",
      ],
    });
  });

  it("name every role that gives them, at whatever depth", () => {
    const { roles } = modelOf({
      "apis/orders": orders,
      "roles/a": "permissions: { orders: [read:orders] }",
      "roles/b": "includes: [a]\npermissions: { orders: ['re*'] }",
      "roles/c": "includes: [b]",
    });
    expect(roles.find(({ key }) => key === "c")?.permissions).toEqual([
      { api: "orders", scope: "read:orders", via: ["a", "b"] },
      { api: "orders", scope: "refund:orders", via: ["b"] },
    ]);
  });

  it("end where a cycle of inclusions begins", () => {
    const { roles } = modelOf({
      "apis/orders": orders,
      "roles/a": "includes: [b]\npermissions: { orders: [read:orders] }",
      "roles/b": "includes: [a]\npermissions: { orders: [update:orders] }",
    });
    expect(roles.map(({ permissions }) => permissions.map(({ scope }) => scope))).toEqual([
      ["read:orders", "update:orders"],
      ["read:orders", "update:orders"],
    ]);
  });
});

describe("an API", () => {
  it("has 24 hours, RBAC and no refresh tokens unless it says otherwise, and its key as a name", () => {
    const [api] = modelOf({ "apis/orders": orders }).apis;
    expect(api).toMatchObject({
      name: "orders",
      tokenLifetime: 86_400,
      owner: undefined,
      enforceRbac: true,
      offlineAccess: false,
      requireUserGrants: false,
    });
  });

  it("has scopes in the order of the file, their risk by their verb unless they say it", () => {
    const [api] = modelOf({
      "apis/orders":
        "identifier: urn:x\nscopes:\n  refund:all: A\n  read:all: B\n  update:all: C\n  read:secrets: { description: D, risk: high }\n",
    }).apis;
    expect(api?.scopes.map(({ value, risk }) => [value, risk])).toEqual([
      ["refund:all", "high"],
      ["read:all", "low"],
      ["update:all", "medium"],
      ["read:secrets", "high"],
    ]);
  });

  it.each([
    ["90s", 90],
    ["30m", 1800],
    ["8h", 28_800],
    ["30d", 2_592_000],
  ])("lives %s as %i seconds", (written, seconds) => {
    const [api] = modelOf({ "apis/orders": `${orders}tokenLifetime: ${written}` }).apis;
    expect(api?.tokenLifetime).toBe(seconds);
  });
});

describe("a role, a group and a client", () => {
  it("have their key as a name, no description and no owner unless they say otherwise", () => {
    const { roles, groups, clients } = modelOf({
      "roles/clerk": "",
      "groups/clerk": "",
      "clients/clerk": "type: spa",
    });
    for (const [each] of [roles, groups, clients])
      expect(each).toMatchObject({ name: "clerk", description: "", owner: undefined, formerly: [] });
    expect(groups[0]?.from).toEqual([]);
    expect(roles[0]?.reviewBy).toBeUndefined();
  });

  it("have what they say", () => {
    const text = "name: Clerk\ndescription: Packs\nowner: team\nformerly: [packer, boxer]\n";
    const { roles, groups, clients } = modelOf({
      "roles/clerk": `${text}reviewBy: 2027-01-01\n`,
      "groups/clerk": text,
      "clients/clerk": `${text}type: spa\n`,
    });
    for (const [each] of [roles, groups, clients])
      expect(each).toMatchObject({
        name: "Clerk",
        description: "Packs",
        owner: "team",
        formerly: ["boxer", "packer"],
      });
    expect(roles[0]?.reviewBy).toBe("2027-01-01");
  });
});

describe("clients", () => {
  const flows = loginFlow(
    { policy: "a", uses: ["users.roles.assign"] },
    { policy: "b", uses: ["users.roles.list"] },
  );

  it("of the policies may be granted something else, too", () => {
    const policies = "type: machine\ngrants: { management: from-policies, orders: [read:orders] }";
    const { clients } = modelOf({ "apis/orders": orders, "clients/policies": policies }, flows);
    expect(clients).toMatchObject([{ isPoliciesClient: true }]);
  });

  it("of the policies are granted what the flows use, no more", () => {
    const [client] = modelOf(
      { "clients/policies": "type: machine\ngrants: { management: from-policies }" },
      flows,
    ).clients;
    expect(client).toMatchObject({
      isPoliciesClient: true,
      grants: [
        {
          api: "management",
          scopes: ["create:role_members", "read:role_members", "read:roles", "read:users"],
        },
      ],
    });
  });

  it("are granted what patterns match, sorted by API and scope", () => {
    const [client] = modelOf({
      "apis/orders": orders,
      "clients/worker": "type: machine\ngrants: { orders: ['*:orders'], management: [read:users] }",
    }).clients;
    expect(client).toMatchObject({
      isPoliciesClient: false,
      grants: [
        { api: "management", scopes: ["read:users"] },
        { api: "orders", scopes: ["read:orders", "refund:orders", "update:orders"] },
      ],
    });
  });

  it("are granted by themselves if they are machines, and else for their users", () => {
    const { clients } = modelOf({
      "apis/orders": orders,
      "clients/shop": "type: spa\ngrants: { orders: [read:orders] }",
      "clients/worker": "type: machine\ngrants: { orders: [read:orders] }",
    });
    expect(clients.map(({ grants }) => grants[0]?.subject)).toEqual(["user", "client"]);
  });

  it("let in the roles they allow and all that include one of them, at whatever depth, sorted", () => {
    const { clients } = modelOf({
      "roles/a": "includes: [b]",
      "roles/b": "includes: [c]",
      "roles/c": "description: One",
      "roles/d": "includes: [e]",
      "roles/e": "description: Another",
      "clients/office": "type: web\nallowedRoles: [c]",
      "clients/shop": "type: spa",
    });
    expect(clients.map(({ allowedRoles }) => allowedRoles)).toEqual([["a", "b", "c"], undefined]);
  });

  it("have metadata, sorted by name", () => {
    const { clients } = modelOf({
      "clients/a": 'type: machine\nmetadata: { token_scopes: "read:orders", plan: gold, "10": ten }',
      "clients/b": "type: spa",
    });
    expect(clients.map(({ metadata }) => Object.entries(metadata))).toEqual([
      [
        ["10", "ten"],
        ["plan", "gold"],
        ["token_scopes", "read:orders"],
      ],
      [],
    ]);
  });

  it("prove who they are by a secret where one can be kept, unless they say otherwise", () => {
    const keys = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey;
    const pem = JSON.stringify(keys.export({ type: "spki", format: "pem" }));
    const { clients } = modelOf({
      "clients/a": "type: machine",
      "clients/b": "type: web",
      "clients/c": "type: spa",
      "clients/d": "type: native",
      "clients/e": `type: machine
authentication: private-key
publicKeys: [{ name: b, pem: ${pem} }, { name: a, pem: ${pem}, algorithm: PS256 }]`,
    });
    expect(clients.map(({ authentication }) => authentication)).toMatchObject([
      { kind: "secret" },
      { kind: "secret" },
      { kind: "none" },
      { kind: "none" },
      {
        kind: "private-key",
        publicKeys: [
          { name: "a", algorithm: "PS256" },
          { name: "b", algorithm: "RS256" },
        ],
      },
    ]);
  });
});

describe("a group", () => {
  it("has its key as a name and is in claims unless it says otherwise; directories sorted", () => {
    const [group] = modelOf({
      "groups/finance":
        "from: [{ connection: b, group: x }, { connection: a, group: y }, { connection: a, group: x }]",
    }).groups;
    expect(group).toMatchObject({
      name: "finance",
      delivery: "claim",
      from: [
        { connection: "a", group: "x" },
        { connection: "a", group: "y" },
        { connection: "b", group: "x" },
      ],
    });
  });
});

describe("guardrails", () => {
  it("are none but the limit of claims where there is no file", () => {
    expect(modelOf({}).guardrails).toEqual({
      never: [],
      separate: [],
      together: [],
      approve: [],
      approved: [],
      claimLimit: 4096,
    });
  });

  it("are sorted, with the parts of approved permissions", () => {
    const { guardrails } = modelOf({
      guardrails: `never:
  - { permission: "b/*", reason: R }
  - { permission: "a/*", reason: S }
separate:
  - { name: B, permissions: [x/b, x/a] }
  - { name: A, permissions: [x/c, x/d] }
together: [[c, a], [b, a]]
approve: [{ permission: "z/*" }, { permission: "y/*" }]
approved:
  - { role: r, permission: api/a:b/c, by: t, reason: R }
  - { role: r, permission: api/a:a, by: t, reason: R }
  - { role: p, permission: api/z, by: t, reason: R }
  - { client: c, permission: api/z, by: t, reason: R, until: 2027-03-01 }
claimLimit: 100
`,
    });
    expect(guardrails).toEqual({
      never: [
        { permission: "a/*", reason: "S" },
        { permission: "b/*", reason: "R" },
      ],
      separate: [
        { name: "A", permissions: ["x/c", "x/d"] },
        { name: "B", permissions: ["x/a", "x/b"] },
      ],
      together: [
        ["a", "b"],
        ["a", "c"],
      ],
      approve: [{ permission: "y/*" }, { permission: "z/*" }],
      approved: [
        {
          subject: { kind: "client", key: "c" },
          permission: { api: "api", scope: "z" },
          by: "t",
          reason: "R",
          until: "2027-03-01",
        },
        {
          subject: { kind: "role", key: "p" },
          permission: { api: "api", scope: "z" },
          by: "t",
          reason: "R",
          until: undefined,
        },
        {
          subject: { kind: "role", key: "r" },
          permission: { api: "api", scope: "a:a" },
          by: "t",
          reason: "R",
          until: undefined,
        },
        {
          subject: { kind: "role", key: "r" },
          permission: { api: "api", scope: "a:b/c" },
          by: "t",
          reason: "R",
          until: undefined,
        },
      ],
      claimLimit: 100,
    });
  });
});

describe("what is retired", () => {
  const retired = "retired: { reason: Gone }\n";
  const declared = {
    "apis/orders": orders,
    "roles/clerk": "name: Clerk\n",
    "groups/office": "name: Office\n",
    "clients/worker": "type: machine\n",
  };
  const marks = (files: Readonly<Record<string, string>>) => {
    const { apis, roles, groups, clients } = modelOf(files);
    return [...apis, ...roles, ...groups, ...clients].map((each) => [each.key, each.retired]);
  };

  it("is marked, whatever it is, and nothing else", () => {
    const keys = ["orders", "clerk", "office", "worker"];
    expect(marks(declared)).toEqual(keys.map((key) => [key, false]));
    const all = Object.entries(declared).map(([path, text]) => [path, text + retired]);
    expect(marks(Object.fromEntries(all))).toEqual(keys.map((key) => [key, true]));
  });
});
