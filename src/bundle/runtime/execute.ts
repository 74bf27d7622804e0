import { denialOf, noEffects } from "../../policy/effects.ts";
import { type Occasion, type ReadyPolicy, type Result, runPolicies, type Tool } from "../../policy/run.ts";
import type { TokenCache } from "./token.ts";
import type { ReadValue } from "./values.ts";

/** What the bundler writes into a bundle: the policies, and the tools that any of them uses. */
export interface Program {
  readonly policies: readonly (Omit<ReadyPolicy, "settings"> & {
    readonly settings: (value: ReadValue) => Readonly<Record<string, unknown>>;
    /** The text `false` switches the policy off. */
    readonly enabled?: (value: ReadValue) => string;
  })[];
  readonly tools: readonly MakeTool[];
  readonly watch?: Occasion<never>["watch"];
}

/** What tools work with in one execution. */
export interface Around {
  readonly value: ReadValue;
  readonly cache: TokenCache | undefined;
  /** Milliseconds. */
  readonly timeLeft: () => number;
}

export type MakeTool = (around: Around) => Tool;

/** An event, and what the lane has for running policies on it. */
export interface Execution<Event> extends Pick<Occasion<Event>, "flow" | "event" | "api"> {
  readonly value: ReadValue;
  readonly cache?: TokenCache;
}

/** Auth0 stops everything of a moment after 20 s, without a word to the user; policies end before that with an error. */
const timeLimit = 15_000;

/**
 * What the policies want. Never rejects: a policy that fails, a value that is missing, or policies that take longer than
 * 15 s all together deny, with the error's message as the reason.
 */
export async function execute<Event extends object>(
  program: Program,
  { value, cache, ...occasion }: Execution<Event>,
): Promise<Result<Event>> {
  const deadline = Date.now() + timeLimit;
  const timeLeft = () => Math.max(0, deadline - Date.now());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`policies took longer than ${timeLimit / 1000} s`)), timeLimit);
  });
  try {
    const tools = program.tools.map((make) => make({ value, cache, timeLeft }));
    const policies = program.policies.flatMap(({ settings, enabled, ...rest }) =>
      enabled?.(value) === "false" ? [] : { ...rest, settings: settings(value) },
    );
    const run = runPolicies(policies, { ...occasion, tools, timeLeft, watch: program.watch });
    return await Promise.race([run, late]);
  } catch (error) {
    // Everything here throws errors only.
    return {
      effects: { ...noEffects(), denial: denialOf({ reason: (error as Error).message }) },
      event: occasion.event,
    };
  } finally {
    clearTimeout(timer);
  }
}
