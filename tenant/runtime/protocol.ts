// What the tenant and a sandbox process say to each other. Values of policies travel as JSON text, so that the sandbox
// parses them inside the policy's own realm and nothing is shared.

import type { Json, JsonObject } from "../entities.ts";
import type { Dependency, PackageSet } from "./packages.ts";
import type { Network } from "./sandbox/network.ts";

/** One rule: `script` is the text of one function expression. */
export interface RuleCode {
  readonly name: string;
  readonly script: string;
}

/** The extensibility points of hooks that the runtime executes. */
export type HookTrigger =
  | "credentials-exchange"
  | "pre-user-registration"
  | "post-user-registration"
  | "post-change-password";

/** One hook: `script` is a CommonJS module that exports a function. */
export interface HookCode {
  readonly name: string;
  readonly trigger: HookTrigger;
  readonly script: string;
  readonly secrets: Readonly<Record<string, string>>;
  /** None unless given. */
  readonly dependencies?: readonly Dependency[];
}

/** The triggers of actions that the runtime executes. */
export type ActionTrigger = HookTrigger | "post-login";

/** One action: `code` is a CommonJS module that exports the handlers of its trigger. */
export interface ActionCode {
  readonly name: string;
  readonly code: string;
  readonly secrets: Readonly<Record<string, string>>;
  /** None unless given. */
  readonly dependencies?: readonly Dependency[];
}

/** A policy as a sandbox gets it: with the packages it requires, which the process was given before. */
export type Equipped<Code> = Code & { readonly packages?: Pick<PackageSet, "key" | "missing"> };

/** Where the actions of a login go on after the person was sent away: behind the action that sent him. */
export interface Continuation {
  /** Name of that action; its `onContinuePostLogin` runs first. */
  readonly by: string;
  readonly metadata: Readonly<Record<string, Scalar>>;
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
      readonly rules: readonly Equipped<RuleCode>[];
      /** `[user, context]` */
      readonly inputJson: string;
      readonly globals: RuleGlobals;
      /** What earlier executions left in `global`, as JSON text of an object. */
      readonly keptJson: string;
    }
  | {
      readonly kind: "hook";
      readonly hook: Equipped<HookCode>;
      /** the arguments in front of the callback; the last one is the context, which gets `webtask` */
      readonly inputJson: string;
    }
  | {
      readonly kind: "actions";
      readonly trigger: ActionTrigger;
      readonly actions: readonly Equipped<ActionCode>[];
      /** the event, without the secrets */
      readonly inputJson: string;
      readonly cache: Readonly<Record<string, CacheEntry>>;
      /** The tenant's clock at the start, in milliseconds since the epoch. */
      readonly now: number;
      readonly continuation?: Continuation;
    };

/** What the tenant sends to a sandbox process. */
export type ToSandbox =
  | { readonly type: "begin"; readonly certificates: readonly string[]; readonly network: Network }
  | { readonly type: "packages"; readonly key: string; readonly code: string }
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
  | { readonly type: "redirect.sendUserTo"; readonly url: string }
  | { readonly type: "cache.set"; readonly name: string; readonly entry: CacheEntry }
  | { readonly type: "cache.delete"; readonly name: string }
);

/** One thing that a policy did, for people to read. */
export interface Effect {
  /**
   * As the `api` of actions spells it, also for rules and hooks: `idToken.setCustomClaim`, `access.deny` …; besides,
   * `user.set` and `accessToken.setScope` of rules and hooks, and `request` for a call over HTTP.
   */
  readonly type: string;
  /** The claim, key or scope; the reason of a denial; of a request its method and URL without the query. */
  readonly name: string;
  /** What it was set to, null if it was removed; of a request the status. Absent where there is none or it may be secret. */
  readonly value?: Json;
}

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
 * `ready` says that the process answers: once at its start, with 0, and after each execution.
 */
export type FromSandbox =
  | { readonly type: "console"; readonly run: number; readonly line: ConsoleLine }
  | { readonly type: "done"; readonly run: number; readonly valueJson: string }
  | { readonly type: "failed"; readonly run: number; readonly error: ThrownError; readonly reusable: boolean }
  /** One policy of the execution has run; they come in order. */
  | {
      readonly type: "ran";
      readonly run: number;
      readonly milliseconds: number;
      readonly effects: readonly Effect[];
    }
  /** `busy`: something of the execution still goes on. */
  | { readonly type: "ready"; readonly run: number; readonly busy: boolean };
