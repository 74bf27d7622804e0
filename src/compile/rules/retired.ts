// What is retired goes with a later change: whatever still uses it then is an error, so it is a warning now.
import { rolesIn } from "../../model/flows.ts";
import type { Located, Span } from "../../model/source.ts";
import type { Rule } from "../rule.ts";
import { allSelections } from "../select-scopes.ts";

/** Nothing uses a role that is retired. */
export const retiredRolesAreNotUsed: Rule = ({ declarations, roles, steps }, report) => {
  const check = (user: string, role: string, at: Span) => {
    const retired = roles.get(role)?.retired;
    if (retired)
      report("retired-in-use", at, `${user} role "${role}", which is retired`, {
        severity: "warning",
        ...whyRetired(retired),
      });
  };
  for (const { key, includes, retired } of declarations.roles)
    if (!retired) for (const { value, at } of includes) check(`role "${key}" includes`, value, at);
  for (const { key, roles, retired } of declarations.groups)
    if (!retired) for (const { value, at } of roles) check(`group "${key}" gives`, value, at);
  for (const { key, allowedRoles = [], retired } of declarations.clients)
    if (!retired) for (const { value, at } of allowedRoles) check(`client "${key}" allows`, value, at);
  for (const { policy, settings } of steps)
    for (const { value, at } of settings)
      for (const role of rolesIn(value)) check(`policy "${policy}" uses`, role, at);
};

/** Nothing is within a group that is retired. */
export const retiredGroupsAreNotUsed: Rule = ({ declarations, groups }, report) => {
  for (const { key, within, retired: isLeaving } of declarations.groups)
    for (const { value, at } of within) {
      const retired = groups.get(value)?.retired;
      if (retired && !isLeaving)
        report("retired-in-use", at, `group "${key}" is within group "${value}", which is retired`, {
          severity: "warning",
          ...whyRetired(retired),
        });
    }
};

/** Nothing uses scopes of an API that is retired. */
export const retiredApisAreNotUsed: Rule = (lookup, report) => {
  for (const { owner, selection } of allSelections(lookup)) {
    const retired = lookup.apis.get(selection.api.value)?.retired;
    if (retired)
      report(
        "retired-in-use",
        selection.api.at,
        `${owner} uses the API "${selection.api.value}", which is retired`,
        {
          severity: "warning",
          ...whyRetired(retired),
        },
      );
  }
};

function whyRetired({ value, at }: Located<string>) {
  return { related: [{ message: `retired: ${value}`, at }] };
}
