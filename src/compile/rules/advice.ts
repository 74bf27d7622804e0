// What works and is probably not meant: warnings.
import type { RoleDeclaration } from "../../model/declarations.ts";
import { rolesIn } from "../../model/flows.ts";
import { permissionText } from "../../model/permission.ts";
import { closure } from "../closure.ts";
import type { Rule } from "../rule.ts";
import { allSelections, takesAny } from "../select-scopes.ts";
import { quote } from "../wording.ts";

/** Scopes are named verb:noun: people guess them, and risk is told by the verb. */
export const scopesAreVerbAndNoun: Rule = ({ declarations }, report) => {
  for (const { key, scopes } of declarations.apis)
    for (const { value, at } of scopes.map((scope) => scope.value))
      if (!/^[a-z][a-z0-9_-]*(:[a-z0-9][a-z0-9_.-]*)+$/.test(value))
        report(
          "unusual-scope-name",
          at,
          `scope ${quote(value)} of API "${key}" is not named verb:noun, such as read:orders`,
          { severity: "warning" },
        );
};

/** A scope is granted to somebody, or is of no use. */
export const scopesAreGranted: Rule = (lookup, report) => {
  const { declarations, given } = lookup;
  // Who is granted it may stand in a file that could not be understood.
  if (declarations.incomplete.size > 0) return;
  const givers = [...declarations.roles, ...lookup.machines];
  const granted = new Set(givers.flatMap((each) => given.get(each) ?? []).map(permissionText));
  const misnamed = new Set(
    allSelections(lookup).flatMap(({ selection: { api, scopes } }) =>
      scopes.every(({ value }) => takesAny(value, lookup.scopes.get(api.value))) ? [] : [api.value],
    ),
  );
  for (const { key, scopes, retired } of declarations.apis) {
    // What is misspelt may be meant to grant it.
    if (retired || misnamed.has(key)) continue;
    for (const { value } of scopes)
      if (!granted.has(`${key}/${value.value}`))
        report(
          "ungranted-scope",
          value.at,
          `scope ${quote(value.value)} of API "${key}" is granted to nobody`,
          { severity: "warning" },
        );
  }
};

/**
 * Somebody can get a role: by a group, a policy, or another role that includes it. Where no groups are declared roles are
 * given by hand, which nobody can see here.
 */
export const rolesCanBeGot: Rule = ({ declarations, roles, steps }, report) => {
  if (declarations.incomplete.size > 0 || declarations.groups.length === 0) return;
  const named = [
    ...declarations.groups.flatMap((group) => group.roles.map(({ value }) => value)),
    ...steps.flatMap(({ settings }) => settings.flatMap(({ value }) => rolesIn(value))),
  ];
  const got = closure<RoleDeclaration>(
    named.flatMap((key) => roles.get(key) ?? []),
    ({ includes }) => includes.map(({ value }) => roles.get(value)),
  );
  for (const role of declarations.roles)
    if (!got.has(role) && !role.retired)
      report("unreachable-role", role.at, `role "${role.key}" is given by no group, policy or other role`, {
        severity: "warning",
        help: "name it in a group; accept the warning if it is given by hand",
      });
};

/** The claim that Auth0 makes of a role's permissions fits into what servers take as a header. */
export const claimsAreSmall: Rule = ({ declarations, permissions }, report) => {
  const { claimLimit } = declarations.guardrails;
  for (const [role, all] of permissions)
    for (const [api, held] of Map.groupBy(all, (permission) => permission.api)) {
      const bytes = Buffer.byteLength(JSON.stringify(held.map(({ scope }) => scope)));
      if (bytes > claimLimit)
        report(
          "large-claim",
          role.at,
          `role "${role.key}" takes ${bytes} bytes of every token for API "${api}", over ${claimLimit}`,
          {
            severity: "warning",
            help: 'give fewer permissions; "claimLimit" in rbac/guardrails.yaml says how many bytes are too many',
          },
        );
    }
};
