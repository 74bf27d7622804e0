import type { Bundle } from "../../../src/model/bundles.ts";
import type { FlowName } from "../../../src/model/flows.ts";
import type { Events } from "../../../src/policy/events.ts";
import type { Call } from "../tenant-api.ts";

/** What a flow came to: the same in every lane. Absent is what did not happen. */
export interface Result {
  readonly denied?: string;
  readonly accessToken?: object;
  readonly idToken?: object;
  readonly appMetadata?: object;
  readonly userMetadata?: object;
  readonly calls?: readonly Call[];
}

/** What the tenant puts around the code. */
export interface Around {
  readonly fetch: unknown;
  readonly values: Readonly<Record<string, string | undefined>>;
  /** What survives between executions. */
  readonly kept?: Map<string, unknown>;
}

/** Calls a bundle as Auth0 does, with an event in the words of actions. */
export type CallBundle = (bundle: Bundle, event: Events[FlowName], around: Around) => Promise<Result>;

/** What every realm has beside JavaScript's own globals and `fetch`; timers looked up late, so that tests can replace them. */
export const nodeGlobals = {
  AbortSignal,
  TextDecoder,
  URL,
  console,
  setTimeout: (...values: Parameters<typeof setTimeout>) => setTimeout(...values),
  clearTimeout: (timer: NodeJS.Timeout) => clearTimeout(timer),
};

export type Outcome = readonly [error: Error | null, ...results: unknown[]];

/** What was called back with. Rejects if it is more than one call. */
export async function calledBack(start: (callback: (...outcome: Outcome) => void) => void): Promise<Outcome> {
  const calls: Outcome[] = [];
  await new Promise<void>((resolve) => {
    start((...outcome) => {
      calls.push(outcome);
      resolve();
    });
  });
  await new Promise(setImmediate);
  if (calls.length !== 1) throw new Error(`the callback was called ${calls.length} times`);
  return calls[0] as Outcome;
}
