// Stage values by name: what is named is declared and of the right secrecy, and what is declared is named.
import type { Declarations, WrittenTemplate } from "../../model/declarations.ts";
import { type StageValueDeclaration, stackSettings } from "../../model/stage.ts";
import type { Rule } from "../rule.ts";
import { projectFile } from "../source-kind.ts";
import { placed, placeOf, quote, suggest } from "../wording.ts";

/** A text names stage values that are declared, and no secret one. */
export const templatesNameStageValues: Rule = ({ declarations }, report) => {
  const declared = stageValuesByName(declarations);
  for (const { value, at } of templatesOf(declarations).flatMap(({ stageValues }) => stageValues)) {
    const stageValue = declared.get(value);
    if (stageValue?.secret)
      report("wrong-secrecy", at, `stage value ${quote(value)} is secret and cannot stand in text`, {
        related: [{ message: "declared secret", at: stageValue.at }],
      });
    else if (!stageValue && !declarations.incomplete.has(projectFile))
      report(
        "unknown-stage-value",
        at,
        `stage value ${quote(value)} is not declared in ${projectFile}`,
        suggestStageValue(value, declared),
      );
  }
};

/** A policy is given stage values that are declared, secrets as secrets and others as plain text. */
export const settingsNameStageValues: Rule = ({ declarations, steps }, report) => {
  const declared = stageValuesByName(declarations);
  for (const { policy, settings } of steps)
    for (const { name: setting, value, at } of settings) {
      if (value.kind !== "stage" && value.kind !== "secret") continue;
      const stageValue = declared.get(value.name);
      const isSecret = value.kind === "secret";
      if (stageValue && stageValue.secret !== isSecret)
        report(
          "wrong-secrecy",
          at,
          `policy "${policy}" is given ${quote(value.name)} as a ${isSecret ? "secret" : "plain value"}, which it is not (${placeOf(stageValue.at)})`,
          {
            related: [{ message: `stage value "${value.name}"`, at: stageValue.at }],
            help: `write ${isSecret ? "stage" : "secret"}("${value.name}")`,
          },
        );
      else if (!stageValue && !declarations.incomplete.has(projectFile))
        report(
          "unknown-stage-value",
          at,
          `policy "${policy}" is given the stage value ${quote(value.name)} as "${setting}", which is not declared in ${projectFile}`,
          suggestStageValue(value.name, declared),
        );
    }
};

/** A stack file gives values that are declared. */
export const stacksGiveDeclaredValues: Rule = ({ declarations, stacks }, report) => {
  if (declarations.incomplete.has(projectFile)) return;
  const declared = new Map(declarations.stageValues.map((value) => [value.name as string, value]));
  for (const { stack, values } of stacks)
    for (const { name, at } of values)
      if (!declared.has(name) && !isSetting(name))
        report(
          "unknown-stage-value",
          at,
          `stack "${stack}" gives the stage value ${quote(name)}, which is not declared in ${projectFile}`,
          // What is misspelt may be a secret.
          { ...suggestStageValue(name, declared), conceal: true },
        );
};

/** A stage value is used in a text or by a policy, or is of no use. */
export const stageValuesAreUsed: Rule = ({ declarations, steps }, report) => {
  // What uses it may be in a file that could not be understood.
  if (declarations.incomplete.size > 0) return;
  const used = new Set([
    ...templatesOf(declarations).flatMap(({ stageValues }) => stageValues.map(({ value }) => value)),
    ...steps.flatMap(({ settings }) => settings.map(({ value }) => ("name" in value ? value.name : ""))),
  ]);
  for (const [name, { at }] of stageValuesByName(declarations))
    if (!used.has(name))
      report("unused-stage-value", at, `stage value ${quote(name)} is used nowhere`, { severity: "warning" });
};

/** True if the key of `config:` chooses how Rolebook works, and is no stage value. */
function isSetting(name: string): boolean {
  return stackSettings.some((each) => each === name);
}

type StageValuesByName = ReadonlyMap<string, StageValueDeclaration>;

function stageValuesByName({ stageValues }: Declarations): StageValuesByName {
  return new Map(
    stageValues.filter(({ name }) => !isSetting(name)).map((value) => [value.name as string, value]),
  );
}

function suggestStageValue(name: string, declared: StageValuesByName) {
  return suggest(
    name,
    [...declared.values()].map(({ name: key, at }) => placed({ key, at })),
  );
}

/** Every template: APIs, then roles, groups and clients. */
function templatesOf({ apis, roles, groups, clients }: Declarations): readonly WrittenTemplate[] {
  return [
    ...apis.flatMap(({ name, identifier, scopes }) => [
      name,
      identifier,
      ...scopes.map(({ description }) => description),
    ]),
    ...[...roles, ...groups].map(({ description }) => description),
    ...clients.flatMap(({ name, description, callbacks, logoutUrls }) => [
      name,
      description,
      ...callbacks,
      ...logoutUrls,
    ]),
  ];
}
