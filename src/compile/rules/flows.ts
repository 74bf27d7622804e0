import type { Rule } from "../rule.ts";
import { placed, quote, suggest } from "../wording.ts";

/** A policy is given roles that are declared. */
export const settingsNameRoles: Rule = ({ declarations, roles, steps }, report) => {
  for (const { policy, settings } of steps)
    for (const { name, value, at } of settings)
      if (value.kind === "role" && !roles.has(value.role))
        report(
          "unknown-role",
          at,
          `policy "${policy}" is given the role ${quote(value.role)} as "${name}", which is not declared`,
          suggest(value.role, declarations.roles.map(placed)),
        );
};
