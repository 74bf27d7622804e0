import type { RoleDeclaration } from "../../model/declarations.ts";
import { limits } from "../../model/limits.ts";
import type { Located } from "../../model/source.ts";
import type { Rule } from "../rule.ts";
import { pathOf } from "../source-kind.ts";
import { placed, quote, suggest } from "../wording.ts";

/** What a role includes is a role. */
export const includesNameRoles: Rule = ({ declarations, roles }, report) => {
  for (const { key, includes } of declarations.roles)
    for (const { value, at } of includes)
      if (!roles.has(value) && !declarations.incomplete.has(pathOf("role", value)))
        report(
          "unknown-role",
          at,
          `role "${key}" includes ${quote(value)}, which is not declared`,
          suggest(value, declarations.roles.map(placed)),
        );
};

/** A role and one that it includes, at the place where it says so. */
interface Inclusion {
  readonly role: string;
  readonly included: Located<string>;
}

/** No role includes itself, at whatever depth. A cycle is reported once, at the role whose key comes first. */
export const includesHaveNoCycles: Rule = ({ declarations, roles }, report) => {
  const finished = new Set<string>();
  const visit = (role: RoleDeclaration, way: readonly Inclusion[]): void => {
    if (finished.has(role.key)) return;
    const start = way.findIndex((each) => each.role === role.key);
    if (start >= 0) {
      const [first, ...others] = fromFirstKey(way.slice(start));
      if (!first) return;
      const included = [...others, first].map(({ role }) => quote(role)).join(", which includes ");
      report("include-cycle", first.included.at, `role "${first.role}" includes ${included}`, {
        related: others.map((each) => ({
          message: `role "${each.role}" includes "${each.included.value}"`,
          at: each.included.at,
        })),
        help: "take one of these inclusions out",
      });
      return;
    }
    for (const included of role.includes) {
      const next = roles.get(included.value);
      if (next) visit(next, [...way, { role: role.key, included }]);
    }
    finished.add(role.key);
  };
  for (const role of declarations.roles) visit(role, []);
};

function fromFirstKey(cycle: readonly Inclusion[]): readonly Inclusion[] {
  const keys = cycle.map(({ role }) => role);
  const first = keys.indexOf(keys.toSorted()[0] ?? "");
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}

/** A role gives something, or is of no use. What it names and is not there is another rule's business. */
export const rolesGivePermissions: Rule = ({ declarations }, report) => {
  for (const { key, at, includes, permissions } of declarations.roles) {
    const namesNothing = includes.length === 0 && permissions.every(({ scopes }) => scopes.length === 0);
    if (namesNothing && !declarations.incomplete.has(at.file))
      report("empty-role", at, `role "${key}" gives no permission`, { severity: "warning" });
  }
};

/** A role gives no more permissions than Auth0 takes. */
export const rolesGiveFewEnoughPermissions: Rule = ({ permissions }, report) => {
  for (const [role, { length }] of permissions)
    if (length > limits.permissionsPerRole)
      report(
        "limit-exceeded",
        role.at,
        `role "${role.key}" gives ${length} permissions, Auth0 takes ${limits.permissionsPerRole} at most`,
      );
};
