import type { Rule } from "../rule.ts";
import { pathOf } from "../source-kind.ts";
import { placed, quote, suggest } from "../wording.ts";

/** A policy is given roles that are declared. */
export const settingsNameRoles: Rule = ({ declarations, roles, steps }, report) => {
  const isDeclared = (key: string) => roles.has(key) || declarations.incomplete.has(pathOf("role", key));
  for (const { policy, settings } of steps)
    for (const { name, value, at } of settings)
      if (value.kind === "role" && !isDeclared(value.role))
        report(
          "unknown-role",
          at,
          `policy "${policy}" is given the role ${quote(value.role)} as "${name}", which is not declared`,
          suggest(value.role, declarations.roles.map(placed)),
        );
};
