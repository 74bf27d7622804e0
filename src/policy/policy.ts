import type { Enforcement, FailureMode, FlowName } from "../model/flows.ts";
import type { ManagementOperationName } from "../model/operations.ts";
import type { Apis } from "./apis.ts";
import type { DataType, HandedData } from "./data.ts";
import type { Events } from "./events.ts";
import type { FetchJson } from "./fetch-json.ts";
import type { Management } from "./management.ts";
import type { GivenSettings, SeenSettings, SettingTypes, StageValue } from "./settings.ts";

/** What a policy's function gets: one of several, told apart by `flow`, if it can stand in several flows. */
export type RunContext<
  On extends FlowName,
  Settings extends SettingTypes,
  Uses extends ManagementOperationName,
  Provides extends DataType = DataType,
  Taken extends DataType = DataType,
> = {
  [Flow in On]: {
    readonly flow: Flow;
    readonly event: Events[Flow];
    readonly api: Apis[Flow];
    readonly settings: SeenSettings<Settings>;
    readonly management: Management<Uses>;
    readonly data: HandedData<Provides, Taken>;
    readonly fetchJson: FetchJson;
    /** Milliseconds that are left for this policy and all after it together. */
    readonly timeLeft: () => number;
  };
}[On];

/** A policy: a named function, and what has to be known about it before it runs. */
export interface PolicyDefinition<
  On extends FlowName = FlowName,
  Settings extends SettingTypes = SettingTypes,
  Uses extends ManagementOperationName = ManagementOperationName,
  Provides extends DataType = DataType,
  Needs extends DataType = DataType,
  Wants extends DataType = DataType,
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
  /** Hosts it calls, such as `api.example.com`, beside those of its `url()` settings. */
  readonly hosts?: readonly string[];
  /** Packages that Auth0 installs beside the code, with exact versions; all else of npm becomes part of the bundle. */
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Data it hands to policies after it. */
  readonly provides?: readonly Provides[];
  /** Data it takes from policies before it: a flow without one that provides it is an error. */
  readonly needs?: readonly Needs[];
  /** Data it takes if some policy before it provides it. */
  readonly wants?: readonly Wants[];
  /** Runs once per event. An error it throws denies, where there is something to deny, unless `onError` says otherwise. */
  run(context: RunContext<On, Settings, Uses, Provides, Needs | Wants>): void | Promise<void>;
}

/** What can be said of any policy where it stands in a flow, beside its settings. */
export interface StepOptions {
  /** False leaves the policy out; a stage value "true" or "false" does so in some stacks, with the same code. */
  readonly enabled?: boolean | StageValue;
  /** `continue` goes on as if a failing policy had not run; `deny`, the default, denies. */
  readonly onError?: FailureMode;
}

declare const flowsOf: unique symbol;
declare const dataOfStep: unique symbol;

/** A policy with its settings: what a flow is made of. */
export interface Step<
  On extends FlowName = never,
  Provides extends DataType = DataType,
  Needs extends DataType = DataType,
> {
  readonly policy: PolicyDefinition;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Makes a step of a flow unfit for another; never there when the program runs. */
  readonly [flowsOf]?: (flow: On) => void;
  readonly [dataOfStep]?: { readonly provides: Provides; readonly needs: Needs };
}

/** A policy to be placed in a flow: called with settings it gives a step. */
export interface Policy<
  On extends FlowName,
  Settings extends SettingTypes,
  Provides extends DataType = DataType,
  Needs extends DataType = DataType,
> {
  (settings: GivenSettings<Settings> & StepOptions): Step<On, Provides, Needs>;
  readonly definition: PolicyDefinition;
}

/** The policy so defined. Must be the default export of a file of its own: the bundler leaves out nothing of a file. */
export function policy<
  const On extends FlowName,
  const Settings extends SettingTypes,
  const Uses extends ManagementOperationName = never,
  const Provides extends DataType = never,
  const Needs extends DataType = never,
  const Wants extends DataType = never,
>(
  definition: PolicyDefinition<On, Settings, Uses, Provides, Needs, Wants>,
): Policy<On, Settings, Provides, Needs> {
  // Which settings, event and operations fit is known here only; from here on lanes see to it that `run` gets them.
  const erased = definition as unknown as PolicyDefinition;
  return Object.assign((settings: object) => ({ policy: erased, settings: { ...settings } }), {
    definition: erased,
  });
}
