import { limits } from "../../model/limits.ts";
import type { Rule } from "../rule.ts";
import { pathOf } from "../source-kind.ts";
import { placed, quote, suggest } from "../wording.ts";

/** What a group is within is a group. */
export const groupsNameGroups: Rule = ({ declarations, groups }, report) => {
  for (const { key, within } of declarations.groups)
    for (const { value, at } of within)
      if (!groups.has(value) && !declarations.incomplete.has(pathOf("group", value)))
        report(
          "unknown-group",
          at,
          `group "${key}" is within ${quote(value)}, which is not declared`,
          suggest(value, declarations.groups.map(placed)),
        );
};

/** A group gives a role, by itself or by what is around it, or is of no use. */
export const groupsGiveRoles: Rule = ({ declarations, access }, report) => {
  if (declarations.incomplete.size > 0) return;
  const around = new Set(declarations.groups.flatMap(({ within }) => within.map(({ value }) => value)));
  // What is only there for others to be within is reported with those.
  for (const [group, { roles }] of access)
    if (roles.length === 0 && !around.has(group.key))
      report("empty-group", group.at, `group "${group.key}" gives no role`, { severity: "warning" });
};

/** Roles that a group has assigned in Auth0 are no more than one user can have there. */
export const groupsStoreFewEnoughRoles: Rule = ({ access }, report) => {
  for (const [group, { roles }] of access)
    if (group.delivery === "stored" && roles.length > limits.rolesPerUser)
      report(
        "limit-exceeded",
        group.at,
        `group "${group.key}" gives ${roles.length} roles, Auth0 assigns ${limits.rolesPerUser} to a user at most`,
        { help: "put permissions into fewer roles, or give them by delivery: claim" },
      );
};
