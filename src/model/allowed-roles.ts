/**
 * What a client's metadata says of the roles that may sign in with it, under `allowed_roles`: their names, in the order
 * given, parted by commas. Policies see names and not keys, since tokens carry names.
 */
export function allowedRolesText(names: readonly string[]): string {
  return names.join(",");
}
