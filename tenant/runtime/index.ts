// Executes hooks, rules and actions as Auth0 does, apart from the tenant's own process. Knows nothing of the store: what
// goes in and comes out is data.

import path from "node:path";
import type { Json, JsonObject } from "../entities.ts";
import {
  type Execution,
  type Failure,
  namesOf,
  type PrintedLine,
  type Step,
  skippedBy,
  stepsOf,
} from "./execution.ts";
import { parseEffects, parseRulesResult } from "./messages.ts";
import { createPackages, type Dependency, type PackageSet } from "./packages.ts";
import { createPool } from "./pool.ts";
import type {
  ActionCode,
  ActionEffect,
  ActionTrigger,
  CacheEntry,
  ConsoleLine,
  Continuation,
  Effect,
  Equipped,
  HookCode,
  HookTrigger,
  Job,
  RuleCode,
  RuleGlobals,
} from "./protocol.ts";
import type { Network } from "./sandbox/network.ts";
import type { Ending } from "./sandbox-process.ts";

export type {
  ActionCode,
  ActionEffect,
  ActionTrigger,
  ConsoleLine,
  Continuation,
  Dependency,
  Effect,
  Execution,
  Failure,
  HookCode,
  HookTrigger,
  Network,
  PrintedLine,
  RuleCode,
  RuleGlobals,
  Step,
};

export interface RuntimeOptions {
  /** Certificates (PEM) that policies trust besides Node's own: the tenant's. Asked for when a process starts. */
  readonly certificates?: () => readonly string[];
  /** Milliseconds for all policies of one execution together: 20000 unless given. */
  readonly deadline?: number;
  /** Where policies may connect to: nowhere unless given. Asked for when a process starts. */
  readonly network?: () => Network;
  /**
   * The folder whose `node_modules` policies load packages from: the current one unless given. If it is, dependencies of
   * actions are held against it when they are built.
   */
  readonly root?: string;
  /** The tenant's clock, in milliseconds since the epoch. */
  readonly now?: () => number;
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
  /**
   * Runs a trigger's actions in the order given, and gives what they asked for through `api`; with a continuation, from the
   * action on that sent the person away.
   */
  runActions(
    trigger: ActionTrigger,
    actions: readonly ActionCode[],
    event: JsonObject,
    continuation?: Continuation,
  ): Promise<Execution<readonly ActionEffect[]>>;
  /** What an action's build fails with: a sentence for each dependency that is not installed as declared in `root`. */
  problemsOf(dependencies: readonly Dependency[]): readonly string[];
  /** Drops what policies have cached: the `global` of rules, the caches of actions. */
  forget(): void;
  /** Ends all processes. */
  close(): void;
}

/** A runtime without processes yet; they start with the first executions and are reused. */
export function createRuntime(options: RuntimeOptions = {}): Runtime {
  const { certificates = () => [], network = () => [], root, deadline = 20_000, now = Date.now } = options;
  const pool = createPool(() => ({ certificates: certificates(), network: network() }));
  const packages = createPackages(path.resolve(root ?? "."));
  const caches = new Map<ActionTrigger, Map<string, CacheEntry>>();
  let kept: JsonObject = {};

  async function execute<Value>(
    lane: string,
    { job, sets }: { readonly job: Job; readonly sets: readonly PackageSet[] },
    parse: (value: unknown) => Value,
  ): Promise<Execution<Value>> {
    const started = performance.now();
    const names = namesOf(job);
    const ran: Pick<Step, "milliseconds" | "effects">[] = [];
    const lines: PrintedLine[] = [];
    const skipped = skippedBy(job);
    const ending = await pool.run(lane, { job, packages: sets }, deadline, {
      print: (line) => lines.push({ ...line, by: names[skipped + ran.length] ?? names.at(-1) ?? "" }),
      ran: ({ milliseconds, effects }) => ran.push({ milliseconds, effects }),
    });
    const result = resultOf(ending, parse);
    const milliseconds = performance.now() - started;
    const steps = stepsOf({ names, ran, skipped, result, milliseconds });
    return { result, steps, console: lines, milliseconds };
  }

  /** The policies with their packages, and the packages. */
  async function equip<Code extends { readonly name: string }>(
    policies: readonly Code[],
    needs: (policy: Code) => readonly [code: string, declared: readonly Dependency[] | "installed"],
  ): Promise<{ readonly equipped: readonly Equipped<Code>[]; readonly sets: readonly PackageSet[] }> {
    const sets: PackageSet[] = [];
    const equipped = await Promise.all(
      policies.map(async (policy) => {
        const set = await packages.requiredBy(...needs(policy));
        if (set === undefined) return policy;
        sets.push(set);
        return { ...policy, packages: { key: set.key, missing: set.missing } };
      }),
    );
    return { equipped, sets };
  }

  return {
    async runRules(rules, user, context, globals) {
      const { equipped, sets } = await equip(rules, ({ script }) => [script, "installed"]);
      const inputJson = JSON.stringify([user, context]);
      const job: Job = { kind: "rules", rules: equipped, inputJson, globals, keptJson: JSON.stringify(kept) };
      return execute("post-login", { job, sets }, (value) => {
        const [resultingUser, resultingContext, left] = parseRulesResult(value);
        kept = left;
        return { user: resultingUser, context: resultingContext };
      });
    },
    async runHook(hook, values) {
      const { equipped, sets } = await equip([hook], ({ script, dependencies = [] }) => [
        script,
        dependencies,
      ]);
      const job: Job = { kind: "hook", hook: equipped[0] ?? hook, inputJson: JSON.stringify(values) };
      // The value was parsed from JSON text, so it is JSON.
      return execute(hook.trigger, { job, sets }, (value) => value as Json);
    },
    async runActions(trigger, actions, event, continuation) {
      const { equipped, sets } = await equip(actions, ({ code, dependencies = [] }) => [code, dependencies]);
      const cache = caches.get(trigger) ?? new Map<string, CacheEntry>();
      caches.set(trigger, cache);
      const job: Job = {
        kind: "actions",
        trigger,
        actions: equipped,
        inputJson: JSON.stringify(event),
        cache: Object.fromEntries(cache),
        now: now(),
        ...(continuation && { continuation }),
      };
      const execution = await execute(trigger, { job, sets }, parseEffects);
      if (execution.result.ok) updateCache(cache, execution.result.value);
      return execution;
    },
    problemsOf: (dependencies) => (root === undefined ? [] : packages.problemsOf(dependencies)),
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
