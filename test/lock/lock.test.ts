import { describe, expect, it } from "vitest";
import { renderLock } from "../../src/lock/index.ts";
import type { AccessModel } from "../../src/model/access-model.ts";
import type {
  ApiKey,
  ClientKey,
  Day,
  GroupKey,
  PermissionPattern,
  RoleKey,
  ScopeValue,
  Template,
} from "../../src/model/names.ts";
import { api, client, group, model, role } from "../support/models.ts";
import { factsIn } from "./read-lock.ts";

function facts(parts: Partial<AccessModel>): readonly string[] {
  return factsIn(renderLock(model(parts)));
}

const noLaws = model().guardrails;
const permission = (name: string, ...via: string[]) => {
  const [owner, scope] = name.split("/");
  return { api: owner as ApiKey, scope: scope as ScopeValue, via: via as RoleKey[] };
};

describe("the lock", () => {
  it("says first how it is made", () => {
    expect(renderLock(model())).toMatch(/^# Made by "npm run generate" .*\n$/);
  });

  it("has the identifier, the lifetime, the ways to tokens and the scopes of an API", () => {
    const orders = api("orders", ["refund:orders", "read:orders"], { tokenLifetime: 5400 });
    expect(facts({ apis: [orders] })).toEqual([
      `api orders  identifier: ${orders.identifier}`,
      "api orders  offlineAccess: false",
      "api orders  rbac: enforced",
      "api orders  requireUserGrants: false",
      "api orders  scope: read:orders  low risk",
      "api orders  scope: refund:orders  low risk",
      "api orders  tokenLifetime: 90m",
    ]);
  });

  it.each([
    [1, "1s"],
    [90, "90s"],
    [3600, "1h"],
    [86_400, "1d"],
    [90_000, "25h"],
  ])("writes %i seconds as %s", (tokenLifetime, text) => {
    expect(facts({ apis: [api("orders", [], { tokenLifetime })] })).toContain(
      `api orders  tokenLifetime: ${text}`,
    );
  });

  it("has each effective permission of a role with the roles that give it", () => {
    const lead = role("support-lead", [], {
      name: "Support Lead",
      permissions: [
        permission("orders/read:orders", "auditor", "support-agent"),
        permission("orders/refund:orders", "support-lead"),
        permission("support/read:tickets", "support-agent", "support-lead"),
      ],
    });
    expect(facts({ roles: [lead] })).toEqual([
      'role support-lead  name: "Support Lead"',
      "role support-lead  orders read:orders  via auditor, support-agent",
      "role support-lead  orders refund:orders  direct",
      "role support-lead  support read:tickets  direct, via support-agent",
    ]);
  });

  it("has what people in a group have, with the roles and groups that give it", () => {
    const finance = group("finance", ["accountant"], {
      name: "Finance",
      from: [{ connection: "corp-ad", group: "CN=Finance, OU=HQ" }],
      effective: {
        roles: [
          { role: "accountant" as RoleKey, via: ["finance" as GroupKey] },
          { role: "employee" as RoleKey, via: ["employees" as GroupKey] },
        ],
        permissions: [
          {
            ...permission("billing/read:invoices", "accountant", "employee"),
            groups: ["employees" as GroupKey, "finance" as GroupKey],
          },
        ],
      },
    });
    expect(facts({ groups: [finance] })).toEqual([
      "group finance  billing read:invoices  via accountant, employee in employees, finance",
      "group finance  delivery: claim",
      'group finance  from: corp-ad "CN=Finance, OU=HQ"',
      "group finance  name: Finance",
      "group finance  role: accountant  direct",
      "group finance  role: employee  via employees",
    ]);
  });

  it("has what a machine may get by itself, and marks what policies make it get", () => {
    const worker = client(
      "worker",
      { orders: ["read:orders"], management: ["read:users"] },
      { isPoliciesClient: true },
    );
    expect(facts({ clients: [worker] })).toEqual([
      "client worker  authentication: secret",
      "client worker  management read:users  by itself, from policies",
      "client worker  orders read:orders  by itself",
      "client worker  type: machine",
    ]);
  });

  it("has what a client may get for its users, who may sign in, and where they come from and go", () => {
    const shop = client(
      "shop",
      {},
      {
        type: "spa",
        authentication: { kind: "none" },
        grants: [{ subject: "user", api: "orders" as ApiKey, scopes: ["read:orders" as ScopeValue] }],
        callbacks: ["https://shop.${domain}/callback" as Template],
        logoutUrls: ["https://shop.${domain}/" as Template],
        connections: ["google-oauth2"],
        allowedRoles: ["customer" as RoleKey, "support-agent" as RoleKey],
      },
    );
    expect(facts({ clients: [shop] })).toEqual([
      "client shop  allowedRole: customer",
      "client shop  allowedRole: support-agent",
      "client shop  authentication: none",
      "client shop  callback: https://shop.${domain}/callback",
      "client shop  connection: google-oauth2",
      "client shop  logoutUrl: https://shop.${domain}/",
      "client shop  orders read:orders  for its users",
      "client shop  type: spa",
    ]);
  });

  it("has what policies are told of a client", () => {
    const metadata = { plan: "gold", token_scopes: "read:orders read:invoices" };
    expect(facts({ clients: [client("worker", {}, { metadata })] })).toEqual([
      "client worker  authentication: secret",
      "client worker  metadata: plan gold",
      'client worker  metadata: token_scopes "read:orders read:invoices"',
      "client worker  type: machine",
    ]);
  });

  it("says of a client that everybody may use it", () => {
    expect(facts({ clients: [client("shop", {}, { type: "web" })] })).toContain(
      "client shop  allowedRoles: not limited",
    );
  });

  it("has a fingerprint of each public key, the same however its lines are broken", () => {
    const keyed = (pem: string) =>
      facts({
        clients: [
          client(
            "worker",
            {},
            {
              authentication: {
                kind: "private-key",
                publicKeys: [{ name: "2027", algorithm: "RS256", pem }],
              },
            },
          ),
        ],
      })[1];
    expect(keyed("-----BEGIN PUBLIC KEY-----\nAAAA\nBBBB\n")).toMatch(
      /^client worker {2}publicKey: 2027 RS256 sha256:[0-9a-f]{64}$/,
    );
    expect(keyed("-----BEGIN PUBLIC KEY-----\r\nAAAABBBB\r\n")).toBe(
      keyed("-----BEGIN PUBLIC KEY-----\nAAAA\nBBBB\n"),
    );
    expect(keyed("-----BEGIN PUBLIC KEY-----\nAAAA\nBBBC\n")).not.toBe(
      keyed("-----BEGIN PUBLIC KEY-----\nAAAA\nBBBB\n"),
    );
  });

  it("has the roles that a law keeps apart", () => {
    const [create, approve] = ["orders/create:refund", "orders/approve:refund"] as const;
    const permissions = [create, approve] as unknown as readonly PermissionPattern[];
    const guardrails = { ...noLaws, separate: [{ name: "Two people", permissions }] };
    expect(facts({ guardrails, roles: [role("asker", [create]), role("giver", [approve])] })).toContain(
      'guardrails  apart: asker, giver  by "Two people"',
    );
  });

  it("has the laws about access and who vouched for what", () => {
    const pattern = (text: string) => text as PermissionPattern;
    const reason = "Told so";
    const guardrails = {
      ...noLaws,
      never: [{ permission: pattern("management/delete:*"), reason }],
      separate: [
        {
          name: "Two people",
          permissions: [pattern("orders/approve:refund"), pattern("orders/create:refund")],
        },
      ],
      together: [["accountant", "customer"] as RoleKey[]],
      approve: [{ permission: pattern("*/delete:*") }],
      approved: [
        {
          subject: { kind: "client", key: "worker" as ClientKey } as const,
          permission: permission("support/delete:tickets"),
          by: "team support",
          reason,
          until: "2027-03-01" as Day,
        },
        {
          subject: { kind: "role", key: "support-lead" as RoleKey } as const,
          permission: permission("support/delete:tickets"),
          by: "team-support",
          reason,
          until: undefined,
        },
      ],
    };
    expect(facts({ guardrails })).toEqual([
      "guardrails  approve: */delete:*",
      'guardrails  approved: client worker  support/delete:tickets  by "team support"  until 2027-03-01',
      "guardrails  approved: role support-lead  support/delete:tickets  by team-support  without end",
      "guardrails  never: management/delete:*",
      'guardrails  separate: "Two people"  orders/approve:refund',
      'guardrails  separate: "Two people"  orders/create:refund',
      "guardrails  together: accountant, customer",
    ]);
  });

  it.each([
    ["Ärzte·主", "Ärzte·主"],
    ["", '""'],
    ['say "hello"', '"say \\"hello\\""'],
    ["two  blanks", '"two\\u0020 blanks"'],
    ["a\u202Eb", '"a\\u202eb"'],
    ["no\u00A0break", '"no\\u00a0break"'],
    ["tag\u{E0041}", '"tag\\udb40\\udc41"'],
    ["a\nb", '"a\\nb"'],
  ])("writes the name %j so that it cannot be taken for another", (name, written) => {
    expect(facts({ roles: [role("clerk", [], { name })] })).toEqual([`role clerk  name: ${written}`]);
  });
});
