import type { TenantContext } from "../context.ts";
import type { Json, JsonObject } from "../entities.ts";
import type { ActionEffect, ActionTrigger, Execution, HookTrigger, RuleGlobals } from "../runtime/index.ts";
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
  return logged(context, { kind: "hook", trigger, policies: [hook] }, subject, execution);
}

/** The effects of the actions bound to a trigger; undefined without any. */
export async function executeActions(
  context: TenantContext,
  trigger: ActionTrigger,
  event: () => JsonObject,
  subject: Subject = {},
): Promise<Result<readonly ActionEffect[]> | undefined> {
  const actions = actionsInForce(context, trigger);
  if (actions.length === 0) return undefined;
  const execution = await context.runtime.runActions(trigger, actions, event());
  return logged(context, { kind: "actions", trigger, policies: actions }, subject, execution);
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
  return logged(context, { kind: "rules", trigger: "post-login", policies: rules }, subject, execution);
}

interface Ran {
  readonly kind: "rules" | "hook" | "actions";
  readonly trigger: ActionTrigger;
  readonly policies: readonly { readonly name: string }[];
}

/** Logs an execution, as type `execution`, or `fpurh` for a hook that failed after a registration; gives its result. */
function logged<Value>(
  context: TenantContext,
  { kind, trigger, policies }: Ran,
  subject: Subject,
  { result, console, milliseconds }: Execution<Value>,
): Result<Value> {
  const failedAfterRegistration = !result.ok && kind === "hook" && trigger === "post-user-registration";
  context.log({
    type: failedAfterRegistration ? "fpurh" : "execution",
    description: result.ok ? `${kind} of ${trigger}` : result.failure.message,
    ...subject,
    details: {
      kind,
      trigger,
      policies: policies.map(({ name }) => name),
      outcome: result.ok ? "ok" : result.failure.kind,
      ...(!result.ok && { error: result.failure.message }),
      console: console.map(({ stream, text }) => ({ stream, text })),
      milliseconds: Math.round(milliseconds),
    },
  });
  return result;
}
