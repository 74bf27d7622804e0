// What flows.ts says, turned into data: each step checked against the policy it names.
import { type Checked, compareText, type Diagnostic } from "../../model/diagnostic.ts";
import { type Flow, type FlowName, type FlowStep, type Flows, flowNames } from "../../model/flows.ts";
import type { Span } from "../../model/source.ts";
import type { PolicyDefinition } from "../../policy/policy.ts";
import { definitionIn, type PolicyFiles } from "./definitions.ts";
import { didYouMean } from "./help.ts";
import type { FlowPlaces } from "./places.ts";
import { readSetting, stepOptions } from "./settings.ts";
import { isObject } from "./shape.ts";

type Report = (diagnostic: Omit<Diagnostic, "severity">) => void;

/** The flows that hooks/flows.ts exports. Steps with errors are left out. */
export function readFlows(exported: unknown, files: PolicyFiles, places: FlowPlaces): Checked<Flows> {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => diagnostics.push({ ...diagnostic, severity: "error" });
  if (!isObject(exported)) {
    const message = '"hooks/flows.ts" has no default export made by flows({ … })';
    report({ code: "policy-load-failed", message, at: places.flow("") });
    return { value: { flows: [] }, diagnostics };
  }
  for (const name of Object.keys(exported)) {
    if (flowNames.some((each) => each === name)) continue;
    report({
      code: "unknown-key",
      message: `"${name}" is no flow`,
      at: places.flow(name),
      help: didYouMean(name, flowNames),
    });
  }
  const flows = flowNames.flatMap((name) => {
    const given = exported[name] ?? [];
    if (!Array.isArray(given)) {
      report({ code: "wrong-type", message: `flow "${name}" is no list of policies`, at: places.flow(name) });
      return [];
    }
    const steps = given.flatMap((step, index) =>
      externalNameOf(step) === undefined ? (readStep(name, index, step, files, places, report) ?? []) : [],
    );
    for (const missing of missingData(steps))
      report({
        code: "policy-missing-data",
        message: `policy "${missing.policy}" needs "${missing.data}", which no policy before it in "${name}" provides`,
        at: missing.at,
        help: "put one that provides it before it",
      });
    const externalActions = readExternalActions(name, given, places, report);
    return steps.length > 0 ? [{ name, steps, externalActions }] : [];
  });
  return { value: { flows }, diagnostics };
}

/** What steps need of those before them and do not get. */
function missingData(
  steps: readonly FlowStep[],
): readonly { readonly policy: string; readonly data: string; readonly at: Span }[] {
  const provided = new Set<string>();
  return steps.flatMap(({ policy, needs, provides, at }) => {
    const missing = needs.filter((data) => !provided.has(data));
    for (const data of provides) provided.add(data);
    return missing.map((data) => ({ policy, data, at }));
  });
}

/** Actions of others: all before the first policy, or behind the last, since our policies are one action. */
function readExternalActions(
  flow: FlowName,
  given: readonly unknown[],
  places: FlowPlaces,
  report: Report,
): Flow["externalActions"] {
  const isPolicy = (step: unknown) => externalNameOf(step) === undefined;
  const [first, last] = [given.findIndex(isPolicy), given.findLastIndex(isPolicy)];
  const [before, after]: [string[], string[]] = [[], []];
  for (const [index, step] of given.entries()) {
    const name = externalNameOf(step);
    if (name === undefined) continue;
    const refuse = (message: string, help: string) =>
      report({ code: "policy-external-action", message, at: places.step(flow, index), help });
    if (first === -1)
      refuse(`flow "${flow}" has actions of others only`, "take the flow out: Rolebook leaves it alone then");
    else if (index > first && index < last)
      refuse(
        `external action "${name}" stands between policies, which are one action together`,
        "put it before the first policy of the flow, or behind the last",
      );
    if ([...before, ...after].includes(name))
      refuse(`external action "${name}" stands in flow "${flow}" twice`, "name it once");
    (index < first ? before : after).push(name);
  }
  return { before, after };
}

function externalNameOf(step: unknown): string | undefined {
  return isObject(step) && typeof step.externalAction === "string" ? step.externalAction : undefined;
}

function readStep(
  flow: FlowName,
  index: number,
  step: unknown,
  files: PolicyFiles,
  places: FlowPlaces,
  report: Report,
): FlowStep | undefined {
  const at = places.step(flow, index);
  const uncalled = definitionIn(step);
  if (uncalled) {
    const message = `policy "${uncalled.name}" stands in "${flow}" without settings`;
    report({ code: "policy-bad-setting", message, at, help: "call it, if only with {}" });
    return undefined;
  }
  const definition = isObject(step) ? (step.policy as PolicyDefinition | undefined) : undefined;
  if (!isObject(step) || !isObject(definition)) {
    report({ code: "wrong-type", message: `step ${index + 1} of flow "${flow}" is no policy`, at });
    return undefined;
  }
  const policy = definition.name;
  const file = files.get(definition);
  if (file === undefined) {
    const message = `policy "${policy}" is not the default export of a file of its own`;
    report({ code: "policy-load-failed", message, at });
    return undefined;
  }
  if (!definition.on.includes(flow)) {
    const supported = definition.on.map((each) => `"${each}"`).join(" and ");
    const message = `policy "${policy}" cannot stand in "${flow}"; it supports ${supported}`;
    report({ code: "policy-wrong-flow", message, at });
  }
  return stepOf(definition, file, at, readSettings(flow, index, definition, step.settings, places, report));
}

/** A policy at its place, with settings that have been read. */
export function stepOf(
  definition: PolicyDefinition,
  file: string,
  at: Span,
  settings: FlowStep["settings"],
): FlowStep {
  const { name, uses = [], grants = [], enforces = [] } = definition;
  const { provides = [], needs = [], wants = [], hosts = [] } = definition;
  return {
    policy: name,
    file,
    at,
    uses,
    grants,
    enforces,
    provides: provides.map((each) => each.name),
    needs: needs.map((each) => each.name),
    wants: wants.map((each) => each.name),
    hosts,
    callsUrls: Object.values(definition.settings).some(({ type }) => type === "url"),
    dependencies: Object.entries(definition.dependencies ?? {})
      .sort(([a], [b]) => compareText(a, b))
      .map(([dependency, version]) => ({ name: dependency, version })),
    settings,
  };
}

function readSettings(
  flow: FlowName,
  index: number,
  { name: policy, settings: own }: PolicyDefinition,
  given: unknown,
  places: FlowPlaces,
  report: Report,
): FlowStep["settings"] {
  const values = isObject(given) ? given : {};
  const names = Object.keys(own);
  const options = Object.entries(stepOptions).filter(([name]) => Object.hasOwn(values, name));
  for (const name of Object.keys(values)) {
    if (Object.hasOwn(own, name) || Object.hasOwn(stepOptions, name)) continue;
    report({
      code: "unknown-key",
      message: `policy "${policy}" has no setting "${name}"`,
      at: places.settingName(flow, index, name),
      help: didYouMean(name, names),
    });
  }
  return [...Object.entries(own), ...options]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([name, type]) => {
      const at = places.settingValue(flow, index, name);
      const value = readSetting(type, values[name]);
      if (value.kind !== "fault") return { name, value, at };
      const found = values[name] === undefined ? "found none" : `found ${JSON.stringify(values[name])}`;
      const message = `setting "${name}" of policy "${policy}" must be ${value.expected}; ${found}`;
      report({ code: value.code, message, at });
      return [];
    });
}
