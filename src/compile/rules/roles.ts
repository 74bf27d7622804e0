import { limits } from "../../model/limits.ts";
import type { Located } from "../../model/source.ts";
import type { Rule } from "../rule.ts";
import { pathOf } from "../source-kind.ts";
import { placed, quote, suggest } from "../wording.ts";

/** What roles, groups, clients and guardrails name as a role is one. */
export const namedRolesAreDeclared: Rule = ({ declarations, roles }, report) => {
  const known = declarations.roles.map(placed);
  const check = (what: string, named: readonly Located<string>[]) => {
    for (const { value, at } of named)
      if (!roles.has(value) && !declarations.incomplete.has(pathOf("role", value)))
        report("unknown-role", at, `${what} ${quote(value)}, which is not declared`, suggest(value, known));
  };
  const { guardrails } = declarations;
  for (const { key, includes } of declarations.roles) check(`role "${key}" includes`, includes);
  for (const { key, roles } of declarations.groups) check(`group "${key}" gives the role`, roles);
  for (const { key, allowedRoles = [] } of declarations.clients)
    check(`client "${key}" allows the role`, allowedRoles);
  for (const roles of guardrails.together) check('guardrail "together" names the role', roles);
  for (const { subject } of guardrails.approved)
    if (subject.kind === "role") check("an approval is for the role", [subject.key]);
};

/** A tenant has no more roles than Auth0 takes. */
export const rolesAreFewEnough: Rule = ({ declarations: { roles } }, report) => {
  const tooMany = roles[limits.rolesPerTenant];
  if (tooMany)
    report(
      "limit-exceeded",
      tooMany.at,
      `role "${tooMany.key}" is one of ${roles.length}, Auth0 takes ${limits.rolesPerTenant} at most`,
    );
};

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
