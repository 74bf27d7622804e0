import type { Role } from "./entities.ts";
import type { Store } from "./store.ts";

/** Where a user's permission comes from; a direct one has empty id and name, as on Auth0's wire. */
export interface PermissionSource {
  readonly source_id: string;
  readonly source_name: string;
  readonly source_type: "DIRECT" | "ROLE";
}

/** A scope of an API that a user holds, and every way in which he holds it. */
export interface HeldPermission {
  readonly resource_server_identifier: string;
  readonly permission_name: string;
  readonly sources: readonly PermissionSource[];
}

/** The roles of a user, sorted by name. */
export function rolesOf(store: Store, userId: string): Role[] {
  return store.user_roles
    .find({ user_id: userId })
    .flatMap((assignment) => store.roles.get(assignment.role_id) ?? [])
    .sort((a, b) => compare(a.name, b.name));
}

/** The roles that count at a login: those that a member has in the organization, or without one those of the user. */
export function rolesAt(store: Store, userId: string, organizationId: string | undefined): Role[] {
  if (organizationId === undefined) return rolesOf(store, userId);
  return store.organization_member_roles
    .find({ organization_id: organizationId, user_id: userId })
    .flatMap((assignment) => store.roles.get(assignment.role_id) ?? [])
    .sort((a, b) => compare(a.name, b.name));
}

/**
 * What a user may do: direct permissions and those of all his roles, sorted by name, then by API. At a login to an
 * organization, the roles that he has there count in the place of those that he has everywhere.
 */
export function permissionsOf(store: Store, userId: string, organizationId?: string): HeldPermission[] {
  const direct: PermissionSource = { source_id: "", source_name: "", source_type: "DIRECT" };
  const held = [
    ...store.user_permissions.find({ user_id: userId }).map((permission) => ({ permission, source: direct })),
    ...rolesAt(store, userId, organizationId).flatMap((role) => {
      const source: PermissionSource = { source_id: role.id, source_name: role.name, source_type: "ROLE" };
      return store.role_permissions.find({ role_id: role.id }).map((permission) => ({ permission, source }));
    }),
  ];
  const byPermission = new Map<string, HeldPermission>();
  for (const { permission, source } of held) {
    const { resource_server_identifier, permission_name } = permission;
    const key = JSON.stringify([permission_name, resource_server_identifier]);
    const sources = [...(byPermission.get(key)?.sources ?? []), source];
    byPermission.set(key, { resource_server_identifier, permission_name, sources });
  }
  return [...byPermission.values()].sort(
    (a, b) =>
      compare(a.permission_name, b.permission_name) ||
      compare(a.resource_server_identifier, b.resource_server_identifier),
  );
}

/** The names of the permissions that a user holds for one API, sorted. */
export function permissionsFor(
  store: Store,
  userId: string,
  audience: string,
  organizationId?: string,
): string[] {
  return permissionsOf(store, userId, organizationId)
    .filter((permission) => permission.resource_server_identifier === audience)
    .map((permission) => permission.permission_name);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
