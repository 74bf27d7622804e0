import type { PermissionTable } from "#policy";

/** What the roles give at one API, or at all of them if none is named; sorted, each once. */
export function permissionsOf(roles: readonly string[], table: PermissionTable, api?: string): string[] {
  const apis = api === undefined ? Object.keys(table) : [api];
  const given = apis.flatMap((each) => {
    const byRole = own(table, each) ?? {};
    return roles.flatMap((role) => own(byRole, role) ?? []);
  });
  return [...new Set(given)].sort();
}

/** Roles and APIs may be called `__proto__`. */
function own<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
