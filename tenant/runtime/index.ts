// Executes hooks, rules and actions as Auth0 does, apart from the tenant's own process. Knows nothing of the store: what
// goes in and comes out is data.

import type { Json, JsonObject } from "../entities.ts";
import { parseEffects, parseRulesResult } from "./messages.ts";
import { createPool } from "./pool.ts";
import type {
  ActionCode,
  ActionEffect,
  ActionTrigger,
  CacheEntry,
  ConsoleLine,
  HookCode,
  HookTrigger,
  Job,
  RuleCode,
  RuleGlobals,
} from "./protocol.ts";
import type { Ending } from "./sandbox-process.ts";

export type {
  ActionCode,
  ActionEffect,
  ActionTrigger,
  ConsoleLine,
  HookCode,
  HookTrigger,
  RuleCode,
  RuleGlobals,
};

export interface RuntimeOptions {
  /** Certificates (PEM) that policies trust besides Node's own: the tenant's. Asked for when a process starts. */
  readonly certificates?: () => readonly string[];
  /** Milliseconds for all policies of one execution together: 20000 unless given. */
  readonly deadline?: number;
  /** The tenant's clock, in milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Why an execution has no result. */
export interface Failure {
  /** `error`: the policy threw, rejected, or called back with an error; `crash`: it ended or exhausted its process. */
  readonly kind: "error" | "deadline" | "crash";
  /** The error's class, as in `UnauthorizedError`. */
  readonly name: string;
  /** As Auth0 words it: the error's own message, or the sandbox's. */
  readonly message: string;
  /** Rule or action in which it happened, if known. */
  readonly by?: string;
  /** The error's own fields, such as `code` and `friendlyMessage`. */
  readonly fields: JsonObject;
}

/** One run of policies: what came of it, what they printed, how long it took. */
export interface Execution<Value> {
  readonly result:
    | { readonly ok: true; readonly value: Value }
    | { readonly ok: false; readonly failure: Failure };
  readonly console: readonly ConsoleLine[];
  readonly milliseconds: number;
}

export interface Runtime {
  /** Runs rules in the order given on one user and one context, and gives both back as the rules left them. */
  runRules(
    rules: readonly RuleCode[],
    user: JsonObject,
    context: JsonObject,
    globals: RuleGlobals,
  ): Promise<Execution<{ readonly user: JsonObject; readonly context: JsonObject }>>;
  /** Runs a hook with the arguments that stand before its callback, the context last, and gives what it called back with. */
  runHook(hook: HookCode, values: readonly Json[]): Promise<Execution<Json>>;
  /** Runs a trigger's actions in the order given, and gives what they asked for through `api`. */
  runActions(
    trigger: ActionTrigger,
    actions: readonly ActionCode[],
    event: JsonObject,
  ): Promise<Execution<readonly ActionEffect[]>>;
  /** Drops what policies have cached: the `global` of rules, the caches of actions. */
  forget(): void;
  /** Ends all processes. */
  close(): void;
}

/** A runtime without processes yet; they start with the first executions and are reused. */
export function createRuntime(options: RuntimeOptions = {}): Runtime {
  const { certificates = () => [], deadline = 20_000, now = Date.now } = options;
  const pool = createPool(certificates);
  const caches = new Map<ActionTrigger, Map<string, CacheEntry>>();
  let kept: JsonObject = {};

  async function execute<Value>(
    lane: string,
    job: Job,
    parse: (value: unknown) => Value,
  ): Promise<Execution<Value>> {
    const lines: ConsoleLine[] = [];
    const started = performance.now();
    const ending = await pool.run(lane, job, deadline, (line) => lines.push(line));
    return { result: resultOf(ending, parse), console: lines, milliseconds: performance.now() - started };
  }

  return {
    async runRules(rules, user, context, globals) {
      const inputJson = JSON.stringify([user, context]);
      const keptJson = JSON.stringify(kept);
      return execute("post-login", { kind: "rules", rules, inputJson, globals, keptJson }, (value) => {
        const [resultingUser, resultingContext, left] = parseRulesResult(value);
        kept = left;
        return { user: resultingUser, context: resultingContext };
      });
    },
    async runHook(hook, values) {
      const inputJson = JSON.stringify(values);
      // The value was parsed from JSON text, so it is JSON.
      return execute(hook.trigger, { kind: "hook", hook, inputJson }, (value) => value as Json);
    },
    async runActions(trigger, actions, event) {
      const cache = caches.get(trigger) ?? new Map<string, CacheEntry>();
      caches.set(trigger, cache);
      const inputJson = JSON.stringify(event);
      const execution = await execute(
        trigger,
        { kind: "actions", trigger, actions, inputJson, cache: Object.fromEntries(cache), now: now() },
        parseEffects,
      );
      if (execution.result.ok) updateCache(cache, execution.result.value);
      return execution;
    },
    forget() {
      caches.clear();
      kept = {};
    },
    close: pool.close,
  };
}

function updateCache(cache: Map<string, CacheEntry>, effects: readonly ActionEffect[]): void {
  for (const effect of effects)
    if (effect.type === "cache.set") cache.set(effect.name, effect.entry);
    else if (effect.type === "cache.delete") cache.delete(effect.name);
}

function resultOf<Value>(ending: Ending, parse: (value: unknown) => Value): Execution<Value>["result"] {
  const fail = (kind: Failure["kind"], message: string) =>
    ({ ok: false, failure: { kind, name: "Error", message, fields: {} } }) as const;
  switch (ending.kind) {
    case "done":
      try {
        return { ok: true, value: parse(JSON.parse(ending.valueJson)) };
      } catch {
        return fail("error", "the policy's result has a form that Auth0 does not take");
      }
    case "failed":
      return { ok: false, failure: { kind: "error", ...ending.error } };
    case "deadline":
      return fail("deadline", "Request to Webtask exceeded allowed execution time");
    case "crash":
      return fail("crash", "the policy ended its sandbox: it called process.exit or used up the memory");
  }
}
