// What the policies of each flow saw and did, read from the tenant's log and from its calls.
import { z } from "zod";
import type { Call, LogEntry } from "../../../tenant/index.ts";
import { type WatchedPolicy, watchPrefix } from "../../bundle/runtime/watch.ts";
import { type Flow, type FlowName, type FlowStep, isSwitchedOff } from "../../model/flows.ts";
import type { StageValueName } from "../../model/names.ts";
import { type Effects, noEffects } from "../../policy/effects.ts";
import type { NamedStage } from "../stages.ts";

/** One run of a flow's policies. */
export interface FlowTrace {
  readonly flow: FlowName;
  readonly mechanism: "rule" | "hook" | "action";
  readonly milliseconds: number;
  /** As the first policy found it; undefined if none ran. */
  readonly event: Readonly<Record<string, unknown>> | undefined;
  /** In the order of hooks/flows.ts. */
  readonly policies: readonly PolicyTrace[];
  /** What was asked of the Management API when all had run, to store what they want. */
  readonly calls: readonly Call[];
  /** Names of the rules and actions of others in the same run, with how each ended. */
  readonly others: readonly { readonly name: string; readonly outcome: string }[];
}

/** What came of a policy: `off` in this stage, `not reached` because one before it denied or failed. */
export type Outcome = "done" | "denied" | "failed" | "off" | "not reached";

/** One policy in one run. */
export interface PolicyTrace {
  readonly policy: string;
  /** Where it is written, relative to the checkout. */
  readonly file: string;
  readonly outcome: Outcome;
  readonly milliseconds: number;
  /** The event as it found it; undefined if it did not run. */
  readonly event: Readonly<Record<string, unknown>> | undefined;
  /** What it wanted by itself. */
  readonly effects: OwnEffects;
  /** What it asked of the Management API, the token it took for that included. */
  readonly calls: readonly Call[];
  /** Why it failed. */
  readonly error: string | undefined;
}

/** Effects of one policy alone; what it did not do is empty. */
export type OwnEffects = Omit<Effects, "denial"> & { readonly denial: string | undefined };

const execution = z.object({
  kind: z.enum(["rules", "hook", "actions"]),
  trigger: z.string(),
  milliseconds: z.number(),
  policies: z.array(z.object({ name: z.string(), outcome: z.string() })),
  console: z.array(z.object({ text: z.string() })),
});
type RunOfFlow = z.infer<typeof execution>;

const flowOfTrigger: Readonly<Record<string, FlowName>> = {
  "pre-user-registration": "preUserRegistration",
  "post-user-registration": "postUserRegistration",
  "credentials-exchange": "credentialsExchange",
  "post-login": "login",
};

const mechanisms = { rules: "rule", hook: "hook", actions: "action" } as const;

/** The runs of these flows that a tenant's log tells of, in its order. */
export function tracesOf({
  flows,
  logs,
  calls,
  stage,
}: {
  readonly flows: readonly Flow[];
  readonly logs: readonly LogEntry[];
  readonly calls: readonly Call[];
  readonly stage: NamedStage;
}): readonly FlowTrace[] {
  return logs.flatMap(({ details }) => {
    const { data: run } = execution.safeParse(details);
    const flow = flows.find(({ name }) => run && name === flowOfTrigger[run.trigger]);
    if (!run || !flow) return [];
    return [traceOf(flow, run, calls, stage)];
  });
}

function traceOf(flow: Flow, run: RunOfFlow, calls: readonly Call[], stage: NamedStage): FlowTrace {
  const reports = run.console
    .filter(({ text }) => text.startsWith(watchPrefix))
    .map(({ text }): WatchedPolicy => JSON.parse(text.slice(watchPrefix.length)));
  const policies: PolicyTrace[] = [];
  let next = 0;
  let before: Effects | undefined;
  let left = calls;
  for (const step of flow.steps) {
    const report = reports[next];
    if (isOff(step, stage) || report?.policy !== step.policy) {
      policies.push(notRun(step, isOff(step, stage) ? "off" : "not reached"));
      continue;
    }
    next += 1;
    const own = step.uses.length === 0 ? [] : left.filter((call) => isWithin(call, report));
    left = left.filter((call) => !own.includes(call));
    policies.push({
      ...notRun(step, report.error !== undefined ? "failed" : report.effects.denial ? "denied" : "done"),
      milliseconds: report.milliseconds,
      event: { ...report.event },
      effects: ownEffects(before, report.effects),
      calls: own,
      error: report.error,
    });
    before = report.effects;
  }
  const last = reports.at(-1);
  return {
    flow: flow.name,
    mechanism: mechanisms[run.kind],
    milliseconds: run.milliseconds,
    event: policies.find(({ event }) => event)?.event,
    policies,
    calls: left.filter((call) => run.kind === "rules" && last && isBehind(call, last)),
    others: run.policies.filter(({ name }) => !name.startsWith("Rolebook ")),
  };
}

/** Clocks count whole milliseconds: a call may seem to come one before the policy that made it. */
function isWithin({ at }: Call, report: WatchedPolicy): boolean {
  const time = Date.parse(at);
  return time >= report.at - report.milliseconds - 1 && time <= report.at;
}

/** What a rule does for its policies when they are done: it stores metadata. */
function isBehind({ at, operation }: Call, { at: end }: WatchedPolicy): boolean {
  return operation === "updateUser" && Date.parse(at) >= end;
}

function isOff(step: FlowStep, { values }: NamedStage): boolean {
  if (isSwitchedOff(step)) return true;
  const enabled = step.settings.find(({ name }) => name === "enabled")?.value;
  return enabled?.kind === "stage" && values.get(enabled.name as StageValueName) === "false"; // as: of the checkout
}

function notRun({ policy, file }: FlowStep, outcome: Outcome): PolicyTrace {
  return {
    policy,
    file,
    outcome,
    milliseconds: 0,
    event: undefined,
    effects: { ...noEffects(), denial: undefined },
    calls: [],
    error: undefined,
  };
}

/** What is wanted now and was not before. */
function ownEffects(before: Effects | undefined, after: Effects): OwnEffects {
  const changed = (part: "accessToken" | "idToken" | "appMetadata" | "userMetadata" | "data") => {
    const old = before?.[part] ?? {};
    const isNew = ([name, value]: [string, unknown]) =>
      !Object.hasOwn(old, name) || JSON.stringify(old[name]) !== JSON.stringify(value);
    return Object.fromEntries(Object.entries(after[part]).filter(isNew));
  };
  return {
    accessToken: changed("accessToken"),
    idToken: changed("idToken"),
    appMetadata: changed("appMetadata"),
    userMetadata: changed("userMetadata"),
    data: changed("data"),
    roles: after.roles.slice(before?.roles.length ?? 0),
    removedScopes: after.removedScopes.slice(before?.removedScopes.length ?? 0),
    denial: after.denial?.reason,
  };
}
