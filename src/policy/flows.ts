// hooks/flows.ts in types: which steps fit where.
import type { FlowName } from "../model/flows.ts";
import type { DataType } from "./data.ts";
import type { Step } from "./policy.ts";

/** An action of somebody else's that keeps its place before or after the policies. */
export interface ExternalAction {
  /** What the dashboard shows. */
  readonly externalAction: string;
}

/** Somebody else's action of that name: kept where it stands, before or after all policies of a flow. */
export function external(name: string): ExternalAction {
  return { externalAction: name };
}

/** Policies of each flow, in the order they run. */
export type FlowSteps = { readonly [Flow in FlowName]?: readonly (Step<Flow> | ExternalAction)[] };

/** Shown by the type checker where a policy needs what none before it provides. */
interface NoPolicyBeforeProvides<Needed> {
  readonly needs: Needed;
}

/** The steps if each finds its data, else one that nothing fits. */
type InOrder<Steps, Provided = never> = Steps extends readonly [infer First, ...infer Rest]
  ? First extends Step<never, infer Provides extends DataType, infer Needs extends DataType>
    ? [Needs] extends [Provided]
      ? readonly [First, ...InOrder<Rest, Provided | Provides>]
      : readonly [NoPolicyBeforeProvides<Needs>, ...Rest]
    : readonly [First, ...InOrder<Rest, Provided>]
  : Steps;

/** All that happens in the tenant at registration, login and token exchange: the default export of hooks/flows.ts. */
export function flows<const Steps extends FlowSteps>(
  steps: Steps & { readonly [Flow in keyof Steps]: InOrder<Steps[Flow]> },
): FlowSteps {
  return steps;
}
