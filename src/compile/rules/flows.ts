import { claimNamespaceForm, isClaimNamespace } from "../../model/claims.ts";
import { rolesIn, type StageValueForm } from "../../model/flows.ts";
import { limits } from "../../model/limits.ts";
import type { Located, Span } from "../../model/source.ts";
import type { PlainValue } from "../../model/stage.ts";
import { isHttpsUrl, urlForm } from "../../model/urls.ts";
import type { Lookup } from "../lookup.ts";
import type { Rule } from "../rule.ts";
import { pathOf } from "../source-kind.ts";
import { found, placed, quote, suggest } from "../wording.ts";

/** A policy is given roles that are declared. */
export const settingsNameRoles: Rule = ({ declarations, roles, steps }, report) => {
  const isDeclared = (key: string) => roles.has(key) || declarations.incomplete.has(pathOf("role", key));
  for (const { policy, settings } of steps)
    for (const { name, value, at } of settings)
      for (const role of rolesIn(value))
        if (!isDeclared(role))
          report(
            "unknown-role",
            at,
            `policy "${policy}" is given the role ${quote(role)} as "${name}", which is not declared`,
            suggest(role, declarations.roles.map(placed)),
          );
};

/** A plain value of a stack that a policy is given. */
interface GivenValue {
  readonly policy: string;
  readonly name: string;
  readonly form: StageValueForm | undefined;
  readonly written: Located<PlainValue>;
  /** Where the policy is given it. */
  readonly at: Span;
}

/** What stacks and defaults hold for the stage values that policies are given. */
function givenValues({ declarations, steps, stacks }: Lookup): readonly GivenValue[] {
  const settings = steps.flatMap(({ policy, settings }) => settings.map((each) => ({ policy, ...each })));
  return settings.flatMap(({ policy, value, at }) => {
    if (value.kind !== "stage") return [];
    const { name, form } = value;
    const preset = declarations.stageValues.find((each) => each.name === name)?.default;
    const given = stacks.flatMap(({ values }) => values.filter((each) => each.name === name));
    return [preset, ...given.map((each) => each.value)].flatMap((written) =>
      written && written !== "secure" ? [{ policy, name, form, written, at }] : [],
    );
  });
}

const forms: Readonly<
  Record<
    StageValueForm,
    { readonly expected: string; readonly fits: (text: string) => boolean; readonly what: string }
  >
> = {
  // Auth0 drops claims with a wrong namespace, and the login succeeds.
  claimNamespace: { expected: claimNamespaceForm, fits: isClaimNamespace, what: "namespace of the claims" },
  url: { expected: urlForm, fits: isHttpsUrl, what: "a URL that is called" },
  switch: { expected: "true or false", fits: (text) => /^(true|false)$/.test(text), what: "switch" },
};

/** What a stack gives a policy is of the form that it wants. */
export const stacksGiveFittingValues: Rule = (lookup, report) => {
  for (const { policy, name, form, written, at } of givenValues(lookup)) {
    if (form === undefined) continue;
    const { expected, fits, what } = forms[form];
    if (!fits(String(written.value)))
      report(
        "wrong-stage-value",
        written.at,
        `expected ${expected} for stage value ${quote(name)}, found ${found(written.value)}`,
        { related: [{ message: `${what} of policy "${policy}"`, at }] },
      );
  }
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
