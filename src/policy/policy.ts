import type { Enforcement, FlowName } from "../model/flows.ts";
import type { ManagementOperationName } from "../model/operations.ts";
import type { Apis } from "./apis.ts";
import type { Events } from "./events.ts";
import type { Management } from "./management.ts";
import type { GivenSettings, SeenSettings, SettingTypes } from "./settings.ts";

/** What a policy's function gets: one of several, told apart by `flow`, if it can stand in several flows. */
export type RunContext<
  On extends FlowName,
  Settings extends SettingTypes,
  Uses extends ManagementOperationName,
> = {
  [Flow in On]: {
    readonly flow: Flow;
    readonly event: Events[Flow];
    readonly api: Apis[Flow];
    readonly settings: SeenSettings<Settings>;
    readonly management: Management<Uses>;
  };
}[On];

/** A policy: a named function, and what has to be known about it before it runs. */
export interface PolicyDefinition<
  On extends FlowName = FlowName,
  Settings extends SettingTypes = SettingTypes,
  Uses extends ManagementOperationName = ManagementOperationName,
> {
  /** Kebab-case; errors and reviews call it so. */
  readonly name: string;
  /** The flows it can stand in. */
  readonly on: readonly On[];
  readonly settings: Settings;
  /** Settings that decide who may do what: changing one is shown in reviews. */
  readonly grants?: readonly (keyof Settings & string)[];
  /** What declarations promise and this policy keeps: where none does, the declaration is an error. */
  readonly enforces?: readonly Enforcement[];
  /** Management API operations it calls: the policies' client is granted the scopes of these and no others. */
  readonly uses?: readonly Uses[];
  /** Runs once per event. An error it throws denies, where there is something to deny. */
  run(context: RunContext<On, Settings, Uses>): void | Promise<void>;
}

declare const flowsOf: unique symbol;

/** A policy with its settings: what a flow is made of. */
export interface Step<On extends FlowName = never> {
  readonly policy: PolicyDefinition;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Makes a step of a flow unfit for another; never there when the program runs. */
  readonly [flowsOf]?: (flow: On) => void;
}

/** A policy to be placed in a flow: called with settings it gives a step. */
export interface Policy<On extends FlowName, Settings extends SettingTypes> {
  (settings: GivenSettings<Settings>): Step<On>;
  readonly definition: PolicyDefinition;
}

/** The policy so defined. Must be the default export of a file of its own: the bundler leaves out nothing of a file. */
export function policy<
  const On extends FlowName,
  const Settings extends SettingTypes,
  const Uses extends ManagementOperationName = never,
>(definition: PolicyDefinition<On, Settings, Uses>): Policy<On, Settings> {
  // Which settings, event and operations fit is known here only; from here on lanes see to it that `run` gets them.
  const erased = definition as unknown as PolicyDefinition;
  return Object.assign((settings: GivenSettings<Settings>) => ({ policy: erased, settings }), {
    definition: erased,
  });
}

/** Policies of each flow, in the order they run. */
export type FlowSteps = { readonly [Flow in FlowName]?: readonly Step<Flow>[] };

/** All that happens in the tenant at registration, login and token exchange: the default export of hooks/flows.ts. */
export function flows(steps: FlowSteps): FlowSteps {
  return steps;
}
