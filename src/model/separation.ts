// What nobody may hold together: who breaks a `separate` guardrail, by himself or together with another role.
import type { AccessModel, Guardrails, Permission } from "./access-model.ts";
import type { PermissionPattern, RoleKey } from "./names.ts";
import { matchesPermission } from "./permission.ts";

/** Two of the permissions that fit two of the patterns; undefined if there are none. */
export function clashAmong(
  held: readonly Permission[],
  patterns: readonly PermissionPattern[],
): readonly [Permission, Permission] | undefined {
  // Two of each will do: one permission may fit several patterns, and does not clash with itself.
  const fitting = patterns.map((pattern) => firstTwo(held, (each) => matchesPermission(pattern, each)));
  for (const [index, ones] of fitting.entries())
    for (const others of fitting.slice(index + 1))
      for (const one of ones) {
        const other = others.find((each) => each.api !== one.api || each.scope !== one.scope);
        if (other) return [one, other];
      }
  return undefined;
}

function firstTwo<T>(items: readonly T[], fits: (item: T) => boolean): readonly T[] {
  const found: T[] = [];
  for (const item of items) {
    if (fits(item)) found.push(item);
    if (found.length === 2) break;
  }
  return found;
}

/** Two roles, of which each keeps a `separate` guardrail, and a person who has both does not. */
export interface ClashingRoles {
  readonly guardrail: Guardrails["separate"][number];
  readonly roles: readonly [RoleKey, RoleKey];
  readonly permissions: readonly [Permission, Permission];
}

/** Every pair of roles that nobody may have together; sorted by the guardrail's name, then by role. */
export function clashingRoles({ roles, guardrails }: AccessModel): readonly ClashingRoles[] {
  return guardrails.separate.flatMap((guardrail) => {
    const clash = (held: readonly Permission[]) => clashAmong(held, guardrail.permissions);
    const concerned = roles.flatMap(({ key, permissions }) => {
      const held = permissions.filter((each) =>
        guardrail.permissions.some((pattern) => matchesPermission(pattern, each)),
      );
      return held.length > 0 && !clash(held) ? [{ key, held }] : [];
    });
    return concerned.flatMap((one, index) =>
      concerned.slice(index + 1).flatMap((other): readonly ClashingRoles[] => {
        const permissions = clash([...one.held, ...other.held]);
        return permissions ? [{ guardrail, roles: [one.key, other.key], permissions }] : [];
      }),
    );
  });
}
