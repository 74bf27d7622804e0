// Keys that the head has given up for others with `formerly`: the same things, so no change of access.
import type { AccessModel, Api, Client, Group, Guardrails, Role } from "../../model/access-model.ts";
import type { GuardrailsDeclaration } from "../../model/declarations.ts";
import type { ApiKey, ClientKey, GroupKey, PermissionPattern, RoleKey } from "../../model/names.ts";
import { matchesPattern } from "../../model/pattern.ts";
import { permissionOf } from "../../model/permission.ts";
import type { Located } from "../../model/source.ts";

/** The new key by the old one; keys that are kept are not there. */
export interface Renames {
  readonly apis: ReadonlyMap<ApiKey, ApiKey>;
  readonly roles: ReadonlyMap<RoleKey, RoleKey>;
  readonly groups: ReadonlyMap<GroupKey, GroupKey>;
  readonly clients: ReadonlyMap<ClientKey, ClientKey>;
}

/** What of the base has another key in the head. */
export function renamesBetween(base: AccessModel, head: AccessModel): Renames {
  return {
    apis: renamesOf(base.apis, head.apis),
    roles: renamesOf(base.roles, head.roles),
    groups: renamesOf(base.groups, head.groups),
    clients: renamesOf(base.clients, head.clients),
  };
}

/** Where both have one of the two keys, the things are two, and none is the other. */
function renamesOf<Key extends string>(
  base: readonly { readonly key: Key }[],
  head: readonly { readonly key: Key; readonly formerly: readonly Key[] }[],
): ReadonlyMap<Key, Key> {
  const before = new Set(base.map(({ key }) => key));
  const after = new Set(head.map(({ key }) => key));
  return new Map(
    head.flatMap(({ key, formerly }) => {
      if (before.has(key)) return [];
      const old = formerly.filter((each) => before.has(each) && !after.has(each));
      return old.slice(0, 1).map((each) => [each, key] as const);
    }),
  );
}

/** The model as it would be if its things had always had the new keys. */
export function renamed(model: AccessModel, renames: Renames): AccessModel {
  if (Object.values(renames).every(({ size }) => size === 0)) return model;
  const api = (key: ApiKey) => renames.apis.get(key) ?? key;
  const role = (key: RoleKey) => renames.roles.get(key) ?? key;
  const group = (key: GroupKey) => renames.groups.get(key) ?? key;
  const client = (key: ClientKey) => renames.clients.get(key) ?? key;
  return {
    apis: byKey(model.apis.map((each): Api => ({ ...each, key: api(each.key) }))),
    roles: byKey(
      model.roles.map(
        (each): Role => ({
          ...each,
          key: role(each.key),
          includes: each.includes.map(role),
          permissions: each.permissions.map((held) => ({
            ...held,
            api: api(held.api),
            via: held.via.map(role),
          })),
        }),
      ),
    ),
    groups: byKey(
      model.groups.map(
        (each): Group => ({
          ...each,
          key: group(each.key),
          roles: each.roles.map(role),
          within: each.within.map(group),
          effective: {
            roles: each.effective.roles.map((given) => ({
              role: role(given.role),
              via: given.via.map(group),
            })),
            permissions: each.effective.permissions.map((held) => ({
              ...held,
              api: api(held.api),
              via: held.via.map(role),
              groups: held.groups.map(group),
            })),
          },
        }),
      ),
    ),
    clients: byKey(
      model.clients.map((each): Client => {
        const { allowedRoles } = each;
        return {
          ...each,
          key: client(each.key),
          grants: each.grants.map((grant) => ({ ...grant, api: api(grant.api) })),
          allowedRoles: allowedRoles?.map(role).sort(),
        };
      }),
    ),
    guardrails: renamedGuardrails(model.guardrails, renames),
  };
}

function renamedGuardrails(laws: Guardrails, { apis, roles, clients }: Renames): Guardrails {
  const pattern = (permission: PermissionPattern) => renamedPattern(permission, apis);
  return {
    ...laws,
    never: laws.never.map((each) => ({ ...each, permission: pattern(each.permission) })),
    separate: laws.separate.map((each) => ({ ...each, permissions: each.permissions.map(pattern).sort() })),
    together: laws.together.map((keys) => keys.map((key) => roles.get(key) ?? key).sort()),
    approve: laws.approve.map(({ permission }) => ({ permission: pattern(permission) })),
    approved: laws.approved.map((each) => {
      const { subject, permission } = each;
      return {
        ...each,
        subject:
          subject.kind === "role"
            ? { kind: "role", key: roles.get(subject.key) ?? subject.key }
            : { kind: "client", key: clients.get(subject.key) ?? subject.key },
        permission: { ...permission, api: apis.get(permission.api) ?? permission.api },
      };
    }),
  };
}

/** The pattern with the new key of the API it names; one that names several by a star stays. */
function renamedPattern(permission: PermissionPattern, apis: Renames["apis"]): PermissionPattern {
  const { api, scope } = permissionOf(permission);
  const key = apis.get(api);
  return key === undefined ? permission : (`${key}/${scope}` as PermissionPattern); // as: it was one
}

/**
 * Laws as the base has them, under the keys that their things have in the head: a new key does not put anything out of their
 * reach. A pattern that fitted an API by its old key alone is there once more for the new one.
 */
export function renamedLaws(laws: GuardrailsDeclaration, renames: Renames): GuardrailsDeclaration {
  const role = (located: Located<string>) => withValue(located, renames.roles.get(located.value as RoleKey)); // as: looked up only
  const permissions = (all: readonly Located<string>[]) =>
    all.flatMap((located) => [
      withValue(located, renamedPattern(located.value as PermissionPattern, renames.apis)), // as: the shape takes nothing else
      ...lostPatterns(located.value, renames.apis).map((value) => ({ ...located, value })),
    ]);
  return {
    ...laws,
    never: laws.never.flatMap((law) =>
      permissions([law.permission]).map((permission) => ({ ...law, permission })),
    ),
    separate: laws.separate.map((law) => ({ ...law, permissions: permissions(law.permissions) })),
    together: laws.together.map((roles) => roles.map(role)),
    approve: permissions(laws.approve),
    approved: laws.approved.map((approval) => {
      const { subject, permission } = approval;
      const byOld: ReadonlyMap<string, string> = subject.kind === "role" ? renames.roles : renames.clients;
      return {
        ...approval,
        subject: { ...subject, key: withValue(subject.key, byOld.get(subject.key.value)) },
        permission: permissions([permission])[0] ?? permission,
      };
    }),
  };
}

function withValue(located: Located<string>, value: string | undefined): Located<string> {
  return value === undefined ? located : { ...located, value };
}

function lostPatterns(pattern: string, apis: Renames["apis"]): readonly string[] {
  const { api, scope } = permissionOf(pattern);
  return [...apis].flatMap(([old, key]) =>
    matchesPattern(api, old) && !matchesPattern(api, key) && api !== old ? [`${key}/${scope}`] : [],
  );
}

function byKey<T extends { readonly key: string }>(all: readonly T[]): readonly T[] {
  return [...all].sort((a, b) => (a.key < b.key ? -1 : 1));
}
