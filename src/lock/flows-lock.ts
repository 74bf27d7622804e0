// hooks/flows.lock: what runs in the tenant, one fact a line, so that reviews need not run it.
import type { FlowName, SettingValue } from "../model/flows.ts";
import { managementOperations } from "../model/operations.ts";
import type { RecordedFlow, RecordedFlows, RecordedStep } from "../model/recorded-flows.ts";
import { jsonWord, line, word } from "./line.ts";

const header =
  '# Made by "npm run generate" of hooks/ and rbac/: what runs when, one fact a line, in the order it runs. Not to be edited.';

/**
 * The text of hooks/flows.lock: flow by flow its policies in the order they run, each with what it can do, is given and uses,
 * then the code of all lanes; at the end the files all this is made of. The same flows give the same bytes.
 */
export function renderFlowsLock({ flows, sources }: RecordedFlows): string {
  const lines = [
    header,
    ...flows.flatMap(flowFacts),
    ...sources.map(({ file, hash }) => line(`source ${word(file)}`, `sha256:${hash}`)),
  ];
  return `${lines.join("\n")}\n`;
}

function flowFacts({ name, steps, externalActions, bundles }: RecordedFlow): readonly string[] {
  const subject = `flow ${name}`;
  return [
    ...externalActions.before.map((action) => line(subject, `external before: ${word(action)}`)),
    ...steps.flatMap((step) => stepFacts(name, step)),
    ...externalActions.after.map((action) => line(subject, `external after: ${word(action)}`)),
    ...bundles.map(({ lane, bytes, hash }) =>
      line(subject, `bundle: ${lane}`, `${bytes} bytes`, `sha256:${hash}`),
    ),
  ];
}

function stepFacts(flow: FlowName, step: RecordedStep): readonly string[] {
  const { policy, file, imports, does, enforces, uses, hosts, callsUrls, dependencies, settings } = step;
  const fact = (...columns: readonly string[]) => line(`flow ${flow}`, policy, ...columns);
  const facts = (name: string, values: readonly string[]) =>
    values.map((value) => fact(`${name}: ${word(value)}`));
  return [
    line(`flow ${flow}`, `runs: ${policy}`, word(file)),
    ...facts("imports", imports),
    ...facts("does", does),
    ...facts("enforces", [...enforces].sort()),
    ...settings
      .filter(isGiven)
      .map(({ name, value }) =>
        fact(
          `setting: ${word(name)}`,
          ...settingColumns(value),
          ...(step.grants.includes(name) ? ["grants"] : []),
        ),
      ),
    ...[...uses]
      .sort()
      .map((name) => fact(`uses: ${name}`, [...managementOperations[name].scopes].sort().join(" "))),
    ...facts("host", [...hosts].sort()),
    ...(callsUrls ? [fact("hosts: of its settings")] : []),
    ...dependencies.map(({ name, version }) => fact(`dependency: ${word(name)}`, word(version))),
    ...facts("provides", step.provides),
    ...facts("needs", step.needs),
    ...facts("wants", step.wants),
  ];
}

/** What may be left out and is has no value. */
function isGiven({ value }: { readonly value: SettingValue }): boolean {
  return value.kind !== "literal" || value.value !== undefined;
}

function settingColumns(value: SettingValue): readonly string[] {
  switch (value.kind) {
    case "literal":
      return [`literal ${jsonWord(value.value)}`];
    case "stage":
      return [`stage ${word(value.name)}${value.form ? ` as ${value.form}` : ""}`];
    case "secret":
      return [`secret ${word(value.name)}`];
    case "role":
      return [`role ${value.role}`];
    case "role-names":
      return [`roles [${value.roles.join(", ")}]`];
    case "table":
      return [`table ${value.table}`];
  }
}
