import type { AccessModel, Permission } from "../model/access-model.ts";
import type { Declarations } from "../model/declarations.ts";
import { managementApi } from "../model/names.ts";
import { isPattern, matchesPattern } from "../model/pattern.ts";
import { type Holding, holdingsOf, permissionName } from "./holdings.ts";
import { type DefinedPermission, definedPermissions } from "./permissions.ts";
import type { Reason } from "./reason.ts";
import { reasonsOf } from "./reasons.ts";

/** That somebody has a permission, and why. */
export interface ReasonedHolding extends Holding {
  readonly reasons: readonly Reason[];
}

/** All that have one permission; the list is empty if nobody has. */
export interface PermissionHolders extends DefinedPermission {
  /** Roles, then groups, then clients, by key. */
  readonly holdings: readonly ReasonedHolding[];
}

/**
 * Who has what is asked for, written `scope` or `api/scope`, perhaps with `*`: each permission that it matches, in the
 * order of APIs and their files. Empty if there is no such permission. Of the Management API's scopes a pattern finds
 * only those that somebody has.
 */
export function whoCan(
  asked: string,
  model: AccessModel,
  declarations: Declarations,
): readonly PermissionHolders[] {
  const holdings = Map.groupBy(holdingsOf(model), ({ permission }) => permissionName(permission));
  const reasons = reasonsOf(declarations);
  return [...definedPermissions(model, declarations)]
    .filter(([name, { permission }]) => isAskedFor(asked, permission, name))
    .map(([name, defined]) => ({
      ...defined,
      holdings: (holdings.get(name) ?? []).map((holding) => ({
        ...holding,
        reasons: reasons(holding.holder, holding.permission),
      })),
    }))
    .filter(
      ({ permission, holdings: found }) =>
        found.length > 0 || permission.api !== managementApi || !isPattern(asked),
    );
}

function isAskedFor(asked: string, { scope }: Permission, name: string): boolean {
  return matchesPattern(asked, scope) || matchesPattern(asked, name);
}

/** All that can be asked for without a pattern: every scope, then every permission as `api/scope`. */
export function askablePermissions(model: AccessModel, declarations: Declarations): readonly string[] {
  const all = definedPermissions(model, declarations);
  return [...new Set([...[...all.values()].map(({ permission }) => permission.scope), ...all.keys()])];
}
