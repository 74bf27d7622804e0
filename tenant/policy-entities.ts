/** What the tenant stores of hooks, rules and actions. */

export type HookTrigger =
  | "credentials-exchange"
  | "pre-user-registration"
  | "post-user-registration"
  | "post-change-password"
  | "send-phone-message";

export interface Hook {
  readonly id: string;
  readonly name: string;
  readonly script: string;
  readonly triggerId: HookTrigger;
  readonly enabled: boolean;
  /** npm name → version. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** Name → value; the wire shows only the names. */
  readonly secrets: Readonly<Record<string, string>>;
}

export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly script: string;
  readonly enabled: boolean;
  /** Rules run in ascending order. */
  readonly order: number;
  readonly stage: "login_success" | "login_failure" | "pre_authorize";
}

/** A value that rules read as `configuration[key]`; the wire never shows `value` after it was set. */
export interface RulesConfig {
  readonly key: string;
  readonly value: string;
}

/** An action's trigger as it declares it; `id` is `post-login`, `credentials-exchange` … */
export interface SupportedTrigger {
  readonly id: string;
  readonly version: string;
  readonly [field: string]: unknown;
}

export interface ActionSecret {
  readonly name: string;
  /** Never on the wire. */
  readonly value: string;
  readonly updated_at: string;
}

export interface ActionDependency {
  readonly name: string;
  readonly version: string;
  readonly registry_url?: string;
}

/** What a draft and a version of an action have in common: all that is needed to run it. */
export interface ActionCode {
  readonly code: string;
  readonly dependencies: readonly ActionDependency[];
  readonly runtime: string;
  readonly secrets: readonly ActionSecret[];
  readonly supported_triggers: readonly SupportedTrigger[];
}

/** An action: its draft, and which version runs. */
export interface Action extends ActionCode {
  readonly id: string;
  readonly name: string;
  readonly status: "pending" | "building" | "built" | "failed";
  /** False from an update of the draft until the next deploy. */
  readonly all_changes_deployed: boolean;
  /** The version that logins run; absent until the first deploy. */
  readonly deployed_version_id?: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** A deployed state of an action; never changes. `number` counts up from 1 within the action. */
export interface ActionVersion extends ActionCode {
  readonly id: string;
  readonly action_id: string;
  readonly number: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly built_at: string;
}

/** A place in the run of a trigger; bindings of one trigger run by ascending `position`. */
export interface Binding {
  readonly id: string;
  readonly trigger_id: string;
  readonly action_id: string;
  readonly display_name: string;
  readonly position: number;
  readonly created_at: string;
  readonly updated_at: string;
}
