// The roles and groups that cases are about: few, some of them with names that are hard on code.
import { tableCode } from "../../src/bundle/tables.ts";
import type { AccessModel, Group } from "../../src/model/access-model.ts";
import type { AccessTable } from "../../src/model/flows.ts";
import type { GroupAccess, PermissionTable } from "../../src/policy/settings.ts";

/** Names of roles by key. `gone` is one that somebody has deleted in the tenant. */
export const roleNames = {
  customer: "Customer",
  accountant: "Accountant",
  emea: "Sales, EMEA",
  proto: "__proto__",
  gone: "Gone",
} as const;

type Key = keyof typeof roleNames;

const orders = { key: "orders", identifier: "https://orders.test/" };

const scopes: Partial<Record<Key, readonly string[]>> = {
  customer: ["read:own-orders"],
  accountant: ["read:orders", "refund:orders"],
  proto: ["read:own-orders"],
};

const permissionsOf = (key: Key) => (scopes[key] ?? []).map((scope) => ({ api: orders.key, scope }));

function group(key: string, roles: readonly Key[], parts: Partial<Record<keyof Group, unknown>> = {}) {
  return {
    key,
    name: key,
    delivery: "claim",
    within: [],
    from: [],
    effective: {
      roles: roles.map((role) => ({ role, via: [key] })),
      permissions: roles.flatMap(permissionsOf),
    },
    ...parts,
  };
}

/** Finance is within staff; directories call it by a name of their own; the store's clerks have a role that Auth0 stores. */
export const model = {
  apis: [orders],
  clients: [],
  roles: Object.entries(roleNames).map(([key, name]) => ({
    key,
    name,
    permissions: permissionsOf(key as Key), // of the object just above
  })),
  groups: [
    group("staff", []),
    group("finance", ["accountant"], {
      within: ["staff"],
      from: [{ connection: "acme-ad", group: "CN=Finance,OU=Berlin" }],
    }),
    group("clerks", ["customer"], { delivery: "stored" }),
    group("leavers", ["gone"], { delivery: "stored" }),
    group("__proto__", ["emea"]),
  ],
} as unknown as AccessModel; // bundling reads no more of it

/** What `groupTable()` and `permissionTable()` settings come to, with the id `rol_<key>` for each role. */
export const tables = {
  groups: tableOf<readonly GroupAccess[]>("groups"),
  permissions: tableOf<PermissionTable>("permissions"),
};

function tableOf<Shape>(table: AccessTable): Shape {
  const code = tableCode(table, model, (source) =>
    JSON.stringify(source.kind === "role-id" ? `rol_${source.role}` : ""),
  );
  return new Function(`return ${code}`)() as Shape; // what the code makes in a bundle
}
