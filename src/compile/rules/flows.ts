import { claimNamespaceForm, isClaimNamespace } from "../../model/claims.ts";
import type { Rule } from "../rule.ts";
import { pathOf } from "../source-kind.ts";
import { found, placed, quote, suggest } from "../wording.ts";

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

/** What a stack gives as a namespace of claims is one: Auth0 drops claims with a wrong one, and the login succeeds. */
export const stacksGiveClaimNamespaces: Rule = ({ declarations, steps, stacks }, report) => {
  const settings = steps.flatMap(({ policy, settings }) => settings.map((each) => ({ policy, ...each })));
  for (const { policy, value, at } of settings) {
    if (value.kind !== "stage" || !value.isNamespace) continue;
    const preset = declarations.stageValues.find(({ name }) => name === value.name)?.default;
    const given = stacks.flatMap(({ values }) => values.filter(({ name }) => name === value.name));
    for (const written of [preset, ...given.map((each) => each.value)])
      if (written && written !== "secure" && !isClaimNamespace(String(written.value)))
        report(
          "wrong-stage-value",
          written.at,
          `expected ${claimNamespaceForm} for stage value ${quote(value.name)}, found ${found(written.value)}`,
          { related: [{ message: `namespace of the claims of policy "${policy}"`, at }] },
        );
  }
};
