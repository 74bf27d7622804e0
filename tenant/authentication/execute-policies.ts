import type { TenantContext } from "../context.ts";
import type { Json, JsonObject } from "../entities.ts";
import type {
  ActionEffect,
  ActionTrigger,
  Continuation,
  Execution,
  Failure,
  HookTrigger,
  PrintedLine,
  RuleGlobals,
  Step,
} from "../runtime/index.ts";
import { actionsInForce, hookInForce, rulesInForce } from "./policies-in-force.ts";

// Each function runs what is in force at a moment, if anything is, and logs the execution.

/** For whom policies run, in the fields of the tenant's log. */
export interface Subject {
  readonly client_id?: string;
  readonly user_id?: string;
}

type Result<Value> = Execution<Value>["result"];

/** What the enabled hook of a point calls back with; undefined without one. `values` are its arguments before the callback. */
export async function executeHook(
  context: TenantContext,
  trigger: HookTrigger,
  values: () => readonly Json[],
  subject: Subject = {},
): Promise<Result<Json> | undefined> {
  const hook = hookInForce(context, trigger);
  if (!hook) return undefined;
  const execution = await context.runtime.runHook(hook, values());
  return logged(context, { kind: "hook", trigger }, subject, execution);
}

/** The effects of the actions bound to a trigger; undefined without any. */
export async function executeActions(
  context: TenantContext,
  trigger: ActionTrigger,
  event: () => JsonObject,
  subject: Subject = {},
  continuation?: Continuation,
): Promise<Result<readonly ActionEffect[]> | undefined> {
  const actions = actionsInForce(context, trigger);
  if (actions.length === 0) return undefined;
  const execution = await context.runtime.runActions(trigger, actions, event(), continuation);
  return logged(context, { kind: "actions", trigger }, subject, execution);
}

/** User and context as the enabled rules leave them; undefined without any. */
export async function executeRules(
  context: TenantContext,
  input: () => Promise<{
    readonly user: JsonObject;
    readonly context: JsonObject;
    readonly globals: RuleGlobals;
  }>,
  subject: Subject,
): Promise<Result<{ readonly context: JsonObject }> | undefined> {
  const rules = rulesInForce(context);
  if (rules.length === 0) return undefined;
  const { user, context: ruleContext, globals } = await input();
  const execution = await context.runtime.runRules(rules, user, ruleContext, globals);
  return logged(context, { kind: "rules", trigger: "post-login" }, subject, execution);
}

/** `details` of the log's entry for an execution. */
export interface ExecutionDetails extends Ran {
  /** In the order in which they ran: what each did, and how it ended. */
  readonly policies: readonly Step[];
  readonly outcome: "ok" | Failure["kind"];
  readonly error?: string;
  readonly console: readonly PrintedLine[];
  readonly milliseconds: number;
}

interface Ran {
  readonly kind: "rules" | "hook" | "actions";
  readonly trigger: ActionTrigger;
}

/** Type of the log's entry for a hook that failed when its caller had been answered; any other execution is `execution`. */
const failedInBackground: Readonly<Partial<Record<ActionTrigger, string>>> = {
  "post-user-registration": "fpurh",
  "post-change-password": "fcph",
};

/** Logs an execution; gives its result. */
function logged<Value>(
  context: TenantContext,
  { kind, trigger }: Ran,
  subject: Subject,
  { result, steps, console, milliseconds }: Execution<Value>,
): Result<Value> {
  const failure = !result.ok && kind === "hook" ? failedInBackground[trigger] : undefined;
  context.log({
    type: failure ?? "execution",
    description: result.ok ? `${kind} of ${trigger}` : result.failure.message,
    ...subject,
    details: toJson({
      kind,
      trigger,
      policies: steps.map((step) => ({ ...step, milliseconds: Math.round(step.milliseconds) })),
      outcome: result.ok ? "ok" : result.failure.kind,
      ...(!result.ok && { error: result.failure.message }),
      console,
      milliseconds: Math.round(milliseconds),
    }),
  });
  return result;
}

/** Interfaces lack the index that the type of JSON has. */
const toJson = (details: ExecutionDetails) => details as unknown as JsonObject;
