// Runs the policies of a flow: the same in every lane and in tests.
import type { FlowName } from "../model/flows.ts";
import { type Effects, noEffects } from "./effects.ts";
import type { Management, ManagementCall } from "./management.ts";
import type { PolicyDefinition, RunContext } from "./policy.ts";

/** A policy with the settings it is run with. */
export interface ReadyPolicy {
  readonly policy: PolicyDefinition;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A flow with its event; `api` gives policies their way to write down effects. */
export interface Occasion<Event> {
  readonly flow: FlowName;
  readonly event: Event;
  readonly api: (event: Event, effects: Effects) => unknown;
  readonly management: ManagementCall;
}

/** What the policies want, in order, up to the first that denies. Rejects with an error that names the policy that failed. */
export async function runPolicies<Event>(
  policies: readonly ReadyPolicy[],
  { flow, event, api, management }: Occasion<Event>,
): Promise<Effects> {
  const effects = noEffects();
  const common = { flow, event, api: api(event, effects) };
  for (const { policy, settings } of policies) {
    const context = { ...common, settings, management: limitedTo(policy, management) };
    try {
      // Loading has checked that the policy supports this flow and these settings.
      await policy.run(context as unknown as RunContext<FlowName, never, never>);
    } catch (error) {
      throw new Error(`policy "${policy.name}" failed: ${messageOf(error)}`);
    }
    if (effects.denial) break;
  }
  return effects;
}

function limitedTo({ uses = [] }: PolicyDefinition, call: ManagementCall): Management<never> {
  return async (operation, input) => {
    if (!uses.includes(operation)) throw new Error(`"${operation}" is not in its "uses"`);
    return (await call(operation, input)) as never; // the operation's answer: src/policy/management.ts
  };
}

/** Errors of Node's own modules may come from another realm, where `instanceof` says no. */
function messageOf(thrown: unknown): string {
  const { message = thrown } = Object(thrown) as { readonly message?: unknown };
  return String(message);
}
