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

/** What a stage value must be where a policy is given it; the compiler checks each stack's. */
export type StageValueForm = "claimNamespace" | "switch" | "url";

/** Data about access that is compiled into the code of a policy which asks for it. */
export const accessTables = ["groups", "permissions"] as const;
export type AccessTable = (typeof accessTables)[number];

/** A value a policy is given: in the bundle if literal, a name or a table, else travelling apart from it. */
export type SettingValue =
  | { readonly kind: "literal"; readonly value: unknown }
  | { readonly kind: "stage"; readonly name: string; readonly form?: StageValueForm }
  | { readonly kind: "secret"; readonly name: string }
  | { readonly kind: "role"; readonly role: string }
  | { readonly kind: "role-names"; readonly roles: readonly string[] }
  | { readonly kind: "table"; readonly table: AccessTable };

/** Keys of the roles that a value names. */
export function rolesIn(value: SettingValue): readonly string[] {
  if (value.kind === "role") return [value.role];
  return value.kind === "role-names" ? value.roles : [];
}

/** What a failing policy does: it denies, or it is as if it had not run. */
export const failureModes = ["deny", "continue"] as const;
export type FailureMode = (typeof failureModes)[number];

/** Promises of declarations that only a policy can keep: a policy says in its definition which it does. */
export const enforcements = ["allowedRoles", "groups", "storedGroups"] as const;
export type Enforcement = (typeof enforcements)[number];

/** A package of npm at an exact version. */
export interface Dependency {
  readonly name: string;
  readonly version: string;
}

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
  /** Names of the data it hands to policies after it, of what it must get from those before it, and of what it may get. */
  readonly provides: readonly string[];
  readonly needs: readonly string[];
  readonly wants: readonly string[];
  /** Hosts it calls, beside those of its settings; `callsUrls` says whether there are any of these. */
  readonly hosts: readonly string[];
  readonly callsUrls: boolean;
  /** Packages that Auth0 installs beside the code, sorted by name; versions are exact. */
  readonly dependencies: readonly Dependency[];
  /**
   * Sorted by name; `at` is the value in flows.ts, or the step where that cannot be told. With `enabled` and `onError`, which
   * any policy can be given, if they are.
   */
  readonly settings: readonly {
    readonly name: string;
    readonly value: SettingValue;
    readonly at: Span;
  }[];
}

/** True if the policy is switched off in every stage. */
export function isSwitchedOff({
  settings,
}: {
  readonly settings: readonly Pick<FlowStep["settings"][number], "name" | "value">[];
}): boolean {
  return settings.some(
    ({ name, value }) => name === "enabled" && value.kind === "literal" && value.value === false,
  );
}

/** The policies of one moment, in the order they run. */
export interface Flow {
  readonly name: FlowName;
  readonly steps: readonly FlowStep[];
  /** Display names of actions of others that run before and after the policies, in order; rules and hooks have none. */
  readonly externalActions: { readonly before: readonly string[]; readonly after: readonly string[] };
}

/** All flows that have at least one policy, in the order of `flowNames`. */
export interface Flows {
  readonly flows: readonly Flow[];
}
