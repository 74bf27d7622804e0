// The values that stacks and defaults give: all there, of their type, secrets encrypted.
import { extensibilities } from "../../model/flows.ts";
import type { Located } from "../../model/source.ts";
import type { PlainValue, StageValueType } from "../../model/stage.ts";
import type { Rule } from "../rule.ts";
import { found, listed, quote, suggestNearest } from "../wording.ts";

/** A stack gives every stage value that has no default. Secret ones are asked for by `pulumi up`, and by nobody else. */
export const stacksGiveAllValues: Rule = ({ declarations, stacks }, report) => {
  for (const { stack, at, values } of stacks) {
    if (declarations.incomplete.has(at.file)) continue;
    const given = new Set(values.map(({ name }) => name));
    for (const { name, secret, default: preset, at: declaredAt } of declarations.stageValues)
      if (!secret && !preset && !given.has(name))
        report("missing-stage-value", at, `stack "${stack}" has no value for stage value ${quote(name)}`, {
          related: [{ message: `stage value "${name}"`, at: declaredAt }],
          help: `run "pulumi config set -s ${stack} ${name} <value>"`,
          // Its `config:` may hold all there is in one line.
          conceal: true,
        });
  }
};

/** A value is of the type its stage value is declared with, as the engine sees it: texts of numbers are numbers. */
export const stageValuesHaveTheirType: Rule = ({ declarations, stacks }, report) => {
  for (const { name, type, secret, default: preset, at } of declarations.stageValues) {
    if (secret) continue;
    const check = (owner: string, given: Located<PlainValue>) => {
      if (!hasType(given.value, type))
        report(
          "wrong-stage-value",
          given.at,
          `expected ${wordsFor[type]} for stage value ${quote(name)}${owner}, found ${found(given.value)}`,
          { related: [{ message: `declared "${type}"`, at }] },
        );
    };
    if (preset) check("", preset);
    for (const { stack, values } of stacks)
      for (const given of values)
        if (given.name === name && given.value !== "secure") check(` in stack "${stack}"`, given.value);
  }
};

const wordsFor = { string: "text", integer: "a whole number", boolean: "true or false" } as const;

/** @see Pulumi, sdk/go/common/workspace/project.go, ValidateConfigValue, which sees every value of a stack as text. */
function hasType(value: PlainValue, type: StageValueType): boolean {
  switch (type) {
    case "string":
      return true;
    case "integer":
      return /^[+-]?\d+$/.test(String(value));
    case "boolean":
      return value === true || value === false || value === "true" || value === "false";
  }
}

/** Secret stage values are encrypted in stack files and have no default; others are not encrypted. */
export const secretsAreEncrypted: Rule = ({ declarations, stacks }, report) => {
  for (const { name, secret, default: preset, at } of declarations.stageValues) {
    const related = [{ message: `stage value "${name}"`, at }];
    if (secret && preset)
      report("wrong-secrecy", at, `secret stage value ${quote(name)} has a value in clear`, {
        help: 'take the value out, and run "pulumi config set --secret" for each stack',
        conceal: true,
      });
    for (const { stack, values } of stacks)
      for (const given of values)
        if (given.name === name && secret !== (given.value === "secure"))
          report(
            "wrong-secrecy",
            given.at,
            secret
              ? `stack "${stack}" gives the secret stage value ${quote(name)} in clear`
              : `stack "${stack}" encrypts stage value ${quote(name)}, which is not declared secret`,
            {
              related,
              help: `run "pulumi config set -s ${stack}${secret ? " --secret" : ""} ${name}"`,
              conceal: true,
            },
          );
  }
};

/** A stack runs policies in one of the ways there are. */
export const extensibilityIsKnown: Rule = ({ declarations, stacks }, report) => {
  const given = [
    ...declarations.stageValues.map(({ name, default: preset }) => ({ name, value: preset })),
    ...stacks.flatMap(({ values }) => values),
  ];
  for (const { name, value } of given) {
    if (name !== "extensibility" || value === undefined || value === "secure") continue;
    if (!extensibilities.some((each) => each === value.value))
      report(
        "wrong-stage-value",
        value.at,
        `expected one of ${listed(extensibilities)} for "extensibility", found ${found(value.value)}`,
        suggestNearest(String(value.value), extensibilities),
      );
  }
};
