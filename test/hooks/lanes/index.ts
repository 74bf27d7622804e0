// Runs flows as source and as built bundles, in bare contexts with no more than Auth0 gives, and tells what came out in one form.
import { bundle } from "../../../src/bundle/index.ts";
import { readSetting, stepOptions } from "../../../src/bundle/load/settings.ts";
import { stepOf } from "../../../src/bundle/load/steps.ts";
import type { Bundle } from "../../../src/model/bundles.ts";
import type { FlowName, FlowStep, Lane } from "../../../src/model/flows.ts";
import { startOf } from "../../../src/model/source.ts";
import type { Step } from "../../../src/policy/policy.ts";
import { type EventParts, eventOf, runFlow } from "../../../src/policy/testing.ts";
import { model, roleNames } from "../access.ts";
import { type Answer, tenantApi, values } from "../tenant-api.ts";
import { callAction } from "./action.ts";
import type { CallBundle, Result } from "./calling.ts";
import { callHook } from "./hook.ts";
import { callRule } from "./rule.ts";

export const root = `${import.meta.dirname}/../../..`;

export interface Run<Flow extends FlowName> {
  readonly flow: Flow;
  /** Policies with the files they are in. */
  readonly steps: readonly (readonly [file: string, step: Step<Flow>])[];
  readonly event: EventParts<Flow>;
  readonly stageValues?: Readonly<Record<string, string>>;
  /** Answers of the Management API, by operation. */
  readonly answers?: Readonly<Record<string, Answer>>;
}

type Runner = <Flow extends FlowName>(run: Run<Flow>) => Promise<Result>;

/** Every way to run a flow. */
export const runners: Readonly<Record<string, Runner>> = {
  "as source": runSource,
  "as a rule or hook": (run) => runBundle(run, run.flow === "login" ? "rule" : "hook"),
  "as an action": (run) => runBundle(run, "action"),
};

async function runSource<Flow extends FlowName>(run: Run<Flow>): Promise<Result> {
  const { flow, steps, event, answers = {} } = run;
  const { error, denial, roles, ...effects } = await runFlow(
    flow,
    steps.map(([, step]) => step),
    event,
    {
      values: run.stageValues ?? {},
      roleNames,
      management: async (operation) => {
        const { status, body } = answers[operation] ?? { status: 204 };
        if (status < 300) return body;
        const { errorCode, message } = body as { errorCode: string; message: string };
        throw new Error(`${operation}: ${status} ${errorCode}: ${message}`);
      },
    },
  );
  const denied = error ?? denial?.reason;
  return happened(denied === undefined ? effects : { denied, calls: effects.calls });
}

/** The bundle of a flow with these steps. */
export function build<Flow extends FlowName>(
  { flow, steps }: Pick<Run<Flow>, "flow" | "steps">,
  lane: Lane,
): Bundle {
  const data = steps.map(([file, step]) => stepData(file, step));
  const flows = { flows: [{ name: flow, steps: data, externalActions: { before: [], after: [] } }] };
  const { value: bundles, diagnostics } = bundle(root, flows, model);
  const built = bundles.find((each) => each.lane === lane);
  if (!built || diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  return built;
}

function stepData(file: string, { policy, settings }: Step<never>): FlowStep {
  const at = startOf("hooks/flows.ts");
  const options = Object.entries(stepOptions).filter(([name]) => name in settings);
  const read = [...Object.entries(policy.settings), ...options].map(([name, type]) => {
    const value = readSetting(type, settings[name]);
    if (value.kind === "fault") throw new Error(`${name}: ${value.expected}`);
    return { name, value, at };
  });
  return stepOf(policy, file, at, read);
}

async function runBundle<Flow extends FlowName>(run: Run<Flow>, lane: Lane): Promise<Result> {
  const bundle = build(run, lane);
  const api = tenantApi(
    Object.fromEntries(Object.entries(run.answers ?? {}).map(([name, each]) => [name, [each]])),
  );
  const around = { fetch: api.fetch, values: valuesFor(bundle, run.stageValues ?? {}) };
  const result = await callers[lane](bundle, eventOf(run.flow, run.event), around);
  return happened({ ...result, calls: api.calls });
}

/** How Auth0 calls the code of each lane. */
export const callers: Readonly<Record<Lane, CallBundle>> = {
  rule: callRule,
  hook: callHook,
  action: callAction,
};

/** What the tenant holds for a bundle: stage values, ids of roles, and what it takes to call the Management API. */
export function valuesFor(
  { values: needed }: Bundle,
  stageValues: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>> = values,
  roleIds: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const entries = needed.map(({ key, source }) => {
    if (source.kind === "role-id") return [key, roleIds[source.role] ?? `rol_${source.role}`];
    return [key, source.kind === "stage" || source.kind === "secret" ? stageValues[source.name] : own[key]];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Leaves out what did not happen, and what belongs to another realm. */
function happened(result: Result): Result {
  const entries = Object.entries(result).filter(
    ([, value]) => typeof value === "string" || Object.keys(value ?? {}).length > 0,
  );
  return JSON.parse(JSON.stringify(Object.fromEntries(entries))) as Result;
}
