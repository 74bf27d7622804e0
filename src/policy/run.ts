// Runs the policies of a flow: the same in every lane and in tests.
import type { FailureMode, FlowName } from "../model/flows.ts";
import { copyOf, type Effects, noEffects } from "./effects.ts";
import { frozen } from "./json.ts";
import type { PolicyDefinition, RunContext } from "./policy.ts";

/** A policy with the settings it is run with. */
export interface ReadyPolicy {
  readonly policy: PolicyDefinition;
  readonly settings: Readonly<Record<string, unknown>>;
  /** `deny` unless given. */
  readonly onError?: FailureMode;
}

/** Gives a policy what it gets beside event, `api` and settings, such as its `management`. */
export type Tool = (policy: ReadyPolicy, effects: Effects) => object;

/** A flow with its event; `api` gives policies their way to write down effects. */
export interface Occasion<Event> {
  readonly flow: FlowName;
  readonly event: Event;
  readonly api: (event: Event, effects: Effects) => unknown;
  readonly tools: readonly Tool[];
  /** Milliseconds. */
  readonly timeLeft: () => number;
  /** Is told what each policy came to, as it ends. */
  readonly watch?: ((report: PolicyReport) => void) | undefined;
}

/** What one policy came to. */
export interface PolicyReport {
  readonly policy: string;
  /** The event as it found it. */
  readonly event: object;
  /** Everything that is wanted so far, by this policy and those before it. */
  readonly effects: Effects;
  readonly milliseconds: number;
  /** Message of the error that it failed with. */
  readonly error?: string;
}

/** What the policies want, and the event as they have left it. */
export interface Result<Event> {
  readonly effects: Effects;
  readonly event: Event;
}

/**
 * What the policies want, in order, up to the first that denies. A policy that fails leaves nothing behind: it rejects with
 * an error that names it, or those after it go on, as its `onError` says. None starts once the time is up. An event can be
 * changed by `api` alone, and by nobody once the policy has ended.
 */
export async function runPolicies<Event extends object>(
  policies: readonly ReadyPolicy[],
  { flow, event: given, api, tools, timeLeft, watch }: Occasion<Event>,
): Promise<Result<Event>> {
  let effects = noEffects();
  let event = given;
  for (const ready of policies) {
    const { name, run } = ready.policy;
    if (timeLeft() <= 0) throw new Error(`no time is left for policy "${name}"`);
    const wanted = copyOf(effects);
    const before = timeLeft();
    const seen = { ...frozen(event) };
    const context = Object.assign(
      { flow, event: seen, api: api(seen, wanted), settings: ready.settings, timeLeft },
      ...tools.map((tool) => tool(ready, wanted)),
    ) as RunContext<FlowName, never, never>; // loading has checked that flow, settings and tools are the policy's
    try {
      await run(context);
      watch?.({ policy: name, event, effects: wanted, milliseconds: before - timeLeft() });
      [effects, event] = [copyOf(wanted), { ...seen }];
    } catch (thrown) {
      const error = messageOf(thrown);
      watch?.({ policy: name, event, effects, milliseconds: before - timeLeft(), error });
      const message = `policy "${name}" failed: ${error}`;
      if (ready.onError !== "continue") throw new Error(message);
      console.warn(message);
    }
    if (effects.denial) break;
  }
  return { effects, event };
}

/** Errors of Node's own modules may come from another realm, where `instanceof` says no. */
function messageOf(thrown: unknown): string {
  const { message = thrown } = Object(thrown) as { readonly message?: unknown };
  return typeof message === "object" ? "threw something that is no error" : String(message);
}
