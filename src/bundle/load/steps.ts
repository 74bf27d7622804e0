// What flows.ts says, turned into data: each step checked against the policy it names.
import { type Checked, compareText, type Diagnostic } from "../../model/diagnostic.ts";
import { type FlowName, type FlowStep, type Flows, flowNames } from "../../model/flows.ts";
import type { PolicyDefinition } from "../../policy/policy.ts";
import { definitionIn, type PolicyFiles } from "./definitions.ts";
import { didYouMean } from "./help.ts";
import type { FlowPlaces } from "./places.ts";
import { readSetting } from "./settings.ts";
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
    const steps = given.flatMap((step, index) => readStep(name, index, step, files, places, report) ?? []);
    return steps.length > 0 ? [{ name, steps }] : [];
  });
  return { value: { flows }, diagnostics };
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
  const settings = readSettings(flow, index, definition, step.settings, places, report);
  const { uses = [], grants = [], enforces = [] } = definition;
  return { policy, file, at, uses, grants, enforces, settings };
}

function readSettings(
  flow: FlowName,
  index: number,
  { name: policy, settings: types }: PolicyDefinition,
  given: unknown,
  places: FlowPlaces,
  report: Report,
): FlowStep["settings"] {
  const values = isObject(given) ? given : {};
  const names = Object.keys(types);
  for (const name of Object.keys(values)) {
    if (Object.hasOwn(types, name)) continue;
    report({
      code: "unknown-key",
      message: `policy "${policy}" has no setting "${name}"`,
      at: places.settingName(flow, index, name),
      help: didYouMean(name, names),
    });
  }
  return Object.entries(types)
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
