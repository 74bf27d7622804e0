import type { AccessModel, Client, Group, Permission } from "../model/access-model.ts";

/** The access model as a stack output: a line for each thing, by kind and key, since the engine prints all of it. */
export type AccessOutline = Readonly<
  Record<"apis" | "roles" | "groups" | "clients", Readonly<Record<string, string>>>
>;

/** Everything of the model that decides who may do what; templates unfilled, the same in every stage. */
export function outline({ apis, roles, groups, clients }: AccessModel): AccessOutline {
  return {
    apis: byKey(apis, ({ identifier, tokenLifetime, offlineAccess, enforceRbac, scopes }) => [
      identifier,
      `${tokenLifetime} s`,
      ...(offlineAccess ? ["offline access"] : []),
      ...(enforceRbac ? [] : ["RBAC not enforced"]),
      joined(scopes.map(({ value }) => value)),
    ]),
    roles: byKey(roles, ({ name, permissions }) => [name, ...byApi(permissions)]),
    groups: byKey(groups, describeGroup),
    clients: byKey(clients, describeClient),
  };
}

function describeGroup({ name, delivery, from, effective }: Group): readonly string[] {
  return [
    name,
    delivery,
    ...from.map(({ connection, group }) => `from ${connection} ${group}`),
    ...effective.roles.map(({ role }) => `role ${role}`),
    ...byApi(effective.permissions),
  ];
}

function describeClient(client: Client): readonly string[] {
  const { type, grants, callbacks, connections, allowedRoles, metadata } = client;
  return [
    type,
    ...grants.map(({ api, subject, scopes }) => `${api} (${subject}): ${joined(scopes)}`),
    ...callbacks,
    ...connections,
    ...(allowedRoles ? [`only ${joined(allowedRoles)}`] : []),
    ...Object.entries(metadata).map(([name, value]) => `${name}=${value}`),
  ];
}

/** `api: scope scope`, in the order of the permissions. */
function byApi(permissions: readonly Permission[]): readonly string[] {
  const groups = Map.groupBy(permissions, ({ api }) => api);
  return [...groups].map(([api, held]) => `${api}: ${joined(held.map(({ scope }) => scope))}`);
}

function byKey<T extends { readonly key: string }>(
  items: readonly T[],
  describe: (item: T) => readonly string[],
): Record<string, string> {
  return Object.fromEntries(items.map((item) => [item.key, describe(item).join("; ")]));
}

const joined = (texts: readonly string[]) => [...texts].sort().join(" ");
