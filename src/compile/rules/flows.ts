import { claimNamespaceForm, isClaimNamespace } from "../../model/claims.ts";
import { limits } from "../../model/limits.ts";
import type { Located, Span } from "../../model/source.ts";
import type { PlainValue } from "../../model/stage.ts";
import type { Lookup } from "../lookup.ts";
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

/** A plain value of a stack that a policy is given. */
interface GivenValue {
  readonly policy: string;
  readonly name: string;
  readonly isNamespace: boolean;
  readonly written: Located<PlainValue>;
  /** Where the policy is given it. */
  readonly at: Span;
}

/** What stacks and defaults hold for the stage values that policies are given. */
function givenValues({ declarations, steps, stacks }: Lookup): readonly GivenValue[] {
  const settings = steps.flatMap(({ policy, settings }) => settings.map((each) => ({ policy, ...each })));
  return settings.flatMap(({ policy, value, at }) => {
    if (value.kind !== "stage") return [];
    const { name, isNamespace = false } = value;
    const preset = declarations.stageValues.find((each) => each.name === name)?.default;
    const given = stacks.flatMap(({ values }) => values.filter((each) => each.name === name));
    return [preset, ...given.map((each) => each.value)].flatMap((written) =>
      written && written !== "secure" ? [{ policy, name, isNamespace, written, at }] : [],
    );
  });
}

/** What a stack gives as a namespace of claims is one: Auth0 drops claims with a wrong one, and the login succeeds. */
export const stacksGiveClaimNamespaces: Rule = (lookup, report) => {
  for (const { policy, name, isNamespace, written, at } of givenValues(lookup))
    if (isNamespace && !isClaimNamespace(String(written.value)))
      report(
        "wrong-stage-value",
        written.at,
        `expected ${claimNamespaceForm} for stage value ${quote(name)}, found ${found(written.value)}`,
        { related: [{ message: `namespace of the claims of policy "${policy}"`, at }] },
      );
};

/** What a stack gives a policy fits into the secrets and configuration of Auth0. */
export const stacksGiveShortValues: Rule = (lookup, report) => {
  for (const { policy, name, written, at } of givenValues(lookup)) {
    const { length } = String(written.value);
    if (length > limits.policyValue)
      report(
        "limit-exceeded",
        written.at,
        `stage value ${quote(name)} has ${length} characters, Auth0 gives policies ${limits.policyValue} at most`,
        { related: [{ message: `given to policy "${policy}"`, at }] },
      );
  }
};
