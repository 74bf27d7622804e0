// What the tenant and a sandbox process say to each other. Values of policies travel as JSON text, so that the sandbox
// parses them inside the policy's own realm and nothing is shared.

import type { Json, JsonObject } from "../entities.ts";

/** One rule: `script` is the text of one function expression. */
export interface RuleCode {
  readonly name: string;
  readonly script: string;
}

/** The extensibility points of hooks that the runtime executes. */
export type HookTrigger = "credentials-exchange" | "pre-user-registration" | "post-user-registration";

/** One hook: `script` is a CommonJS module that exports a function. */
export interface HookCode {
  readonly name: string;
  readonly trigger: HookTrigger;
  readonly script: string;
  readonly secrets: Readonly<Record<string, string>>;
}

/** The triggers of actions that the runtime executes. */
export type ActionTrigger = HookTrigger | "post-login";

/** One action: `code` is a CommonJS module that exports the handlers of its trigger. */
export interface ActionCode {
  readonly name: string;
  readonly code: string;
  readonly secrets: Readonly<Record<string, string>>;
}

/** What every rule finds as the globals `auth0` and `configuration`. */
export interface RuleGlobals {
  readonly accessToken: string;
  readonly domain: string;
  /** The Management API's address, without a slash at its end. */
  readonly baseUrl: string;
  readonly configuration: Readonly<Record<string, string>>;
}

/** An entry of an action trigger's cache; `expires_at` in milliseconds since the epoch. */
export interface CacheEntry {
  readonly value: string;
  readonly expires_at: number;
}

/** The work of one execution. `*Json` fields are JSON text. */
export type Job =
  | {
      readonly kind: "rules";
      readonly rules: readonly RuleCode[];
      /** `[user, context]` */
      readonly inputJson: string;
      readonly globals: RuleGlobals;
      /** What earlier executions left in `global`, as JSON text of an object. */
      readonly keptJson: string;
    }
  | {
      readonly kind: "hook";
      readonly hook: HookCode;
      /** the arguments in front of the callback; the last one is the context, which gets `webtask` */
      readonly inputJson: string;
    }
  | {
      readonly kind: "actions";
      readonly trigger: ActionTrigger;
      readonly actions: readonly ActionCode[];
      /** the event, without the secrets */
      readonly inputJson: string;
      readonly cache: Readonly<Record<string, CacheEntry>>;
      /** The tenant's clock at the start, in milliseconds since the epoch. */
      readonly now: number;
    };

/** What the tenant sends to a sandbox process. */
export type ToSandbox =
  | { readonly type: "trust"; readonly certificates: readonly string[] }
  | { readonly type: "run"; readonly run: number; readonly job: Job };

/** A line that a policy printed; `stream` is `error` for `console.error`, `warn` and `trace`. */
export interface ConsoleLine {
  readonly stream: "log" | "error";
  readonly text: string;
}

/** What an action asked for through `api`, in the order of the calls; `by` is the action's name. */
export type ActionEffect = { readonly by: string } & (
  | {
      readonly type: "access.deny";
      readonly code?: string;
      readonly reason: string;
      readonly userMessage?: string;
    }
  | { readonly type: "validation.error"; readonly code: string; readonly message: string }
  | { readonly type: "accessToken.setCustomClaim"; readonly name: string; readonly value: Json }
  | { readonly type: "accessToken.addScope"; readonly scope: string }
  | { readonly type: "accessToken.removeScope"; readonly scope: string }
  | { readonly type: "idToken.setCustomClaim"; readonly name: string; readonly value: Json }
  | { readonly type: "user.setAppMetadata"; readonly name: string; readonly value: Json }
  | { readonly type: "user.setUserMetadata"; readonly name: string; readonly value: Json }
  | { readonly type: "transaction.setMetadata"; readonly name: string; readonly value: Scalar | null }
  | { readonly type: "cache.set"; readonly name: string; readonly entry: CacheEntry }
  | { readonly type: "cache.delete"; readonly name: string }
);

/** What transaction metadata may hold. */
export type Scalar = string | number | boolean;

/** What a policy threw, rejected with or gave to its callback, as data. */
export interface ThrownError {
  readonly name: string;
  readonly message: string;
  /** Rule or action in which it happened, if known. */
  readonly by?: string;
  /** Own fields of the error that survive JSON, such as `code` and `friendlyMessage`. */
  readonly fields: JsonObject;
}

/**
 * What a sandbox process sends to the tenant. `run` is the number of the execution, from 1. `done` and `failed` end one;
 * `ready` says that the process answers and may be used: once at its start, with 0, and after each execution.
 */
export type FromSandbox =
  | { readonly type: "console"; readonly run: number; readonly line: ConsoleLine }
  | { readonly type: "done"; readonly run: number; readonly valueJson: string }
  | { readonly type: "failed"; readonly run: number; readonly error: ThrownError; readonly reusable: boolean }
  | { readonly type: "ready"; readonly run: number };
