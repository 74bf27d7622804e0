// Which policies run when, as data: what hooks/flows.ts comes to once it is loaded. No functions in here.
import type { ManagementOperationName } from "./operations.ts";
import type { Span } from "./source.ts";

/** The moments at which policies run. */
export const flowNames = [
  "preUserRegistration",
  "postUserRegistration",
  "credentialsExchange",
  "login",
] as const;
export type FlowName = (typeof flowNames)[number];

/** The two ways Auth0 runs code. A stack chooses one with `rolebook:extensibility`. */
export const extensibilities = ["rules-and-hooks", "actions"] as const;
export type Extensibility = (typeof extensibilities)[number];

/** The Auth0 mechanism a flow is compiled to. */
export type Lane = "hook" | "rule" | "action";

/** A value a policy is given: in the bundle if literal, else travelling apart from it. */
export type SettingValue =
  | { readonly kind: "literal"; readonly value: unknown }
  /** `isNamespace`: it is the namespace of claims, which Auth0 drops in silence if it is none. */
  | { readonly kind: "stage"; readonly name: string; readonly isNamespace?: true }
  | { readonly kind: "secret"; readonly name: string }
  | { readonly kind: "role"; readonly role: string };

/** Promises of declarations that only a policy can keep: a policy says in its definition which it does. */
export const enforcements = ["allowedRoles"] as const;
export type Enforcement = (typeof enforcements)[number];

/** A policy at its place in a flow. */
export interface FlowStep {
  readonly policy: string;
  /** The file the policy is written in, relative to the project's root. */
  readonly file: string;
  /** Where flows.ts names it; the start of the file where that cannot be told. */
  readonly at: Span;
  readonly uses: readonly ManagementOperationName[];
  /** Names of settings whose change widens or narrows access. */
  readonly grants: readonly string[];
  readonly enforces: readonly Enforcement[];
  /** Sorted by name; `at` is the value in flows.ts, or the step where that cannot be told. */
  readonly settings: readonly {
    readonly name: string;
    readonly value: SettingValue;
    readonly at: Span;
  }[];
}

/** All flows that have at least one policy, in the order of `flowNames`; steps in the order they run. */
export interface Flows {
  readonly flows: readonly { readonly name: FlowName; readonly steps: readonly FlowStep[] }[];
}
