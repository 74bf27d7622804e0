import { denialOf, type Effects, noEffects } from "../../policy/effects.ts";
import type { ManagementCall } from "../../policy/management.ts";
import type { PolicyDefinition } from "../../policy/policy.ts";
import { type Occasion, runPolicies } from "../../policy/run.ts";
import type { Connect } from "./management.ts";
import type { TokenCache } from "./token.ts";
import type { ReadValue } from "./values.ts";

/** What the bundler writes into a bundle: the policies, and the Management API if any of them uses it. */
export interface Program {
  readonly policies: readonly {
    readonly policy: PolicyDefinition;
    readonly settings: (value: ReadValue) => Readonly<Record<string, unknown>>;
  }[];
  readonly connect?: Connect;
}

/** An event, and what the lane has for running policies on it. */
export interface Execution<Event> extends Omit<Occasion<Event>, "management"> {
  readonly value: ReadValue;
  readonly cache?: TokenCache;
}

/** Auth0 stops everything of a moment after 20 s, without a word to the user; policies end before that with an error. */
const timeLimit = 15_000;

/**
 * What the policies want. Never rejects: a policy that fails, a value that is missing, or policies that take longer than
 * 15 s all together deny, with the error's message as the reason.
 */
export async function execute<Event>(program: Program, execution: Execution<Event>): Promise<Effects> {
  try {
    return await inTime(run(program, execution));
  } catch (error) {
    return { ...noEffects(), denial: denialOf({ reason: (error as Error).message }) }; // everything here throws errors only
  }
}

async function run<Event>(
  { policies, connect }: Program,
  { value, cache, ...occasion }: Execution<Event>,
): Promise<Effects> {
  const management: ManagementCall = connect
    ? connect({ value, cache, deadline: Date.now() + timeLimit })
    : () => Promise.reject(new Error("no policy of this flow uses the Management API"));
  const ready = policies.map(({ policy, settings }) => ({ policy, settings: settings(value) }));
  return runPolicies(ready, { ...occasion, management });
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`policies took longer than ${timeLimit / 1000} s`)), timeLimit);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
