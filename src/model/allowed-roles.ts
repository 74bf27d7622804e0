/** The name in a client's metadata under which policies find the roles that may sign in with it. */
export const allowedRolesName = "allowed_roles";

/**
 * What a client's metadata says of the roles that may sign in with it, under `allowedRolesName`: their names, in the order
 * given, parted by commas. Policies see names and not keys, since tokens carry names.
 */
export function allowedRolesText(names: readonly string[]): string {
  return names.join(",");
}
