import type { PolicyReport } from "../../policy/run.ts";

/** What a line on the console starts with that says what a policy came to; the rest is JSON. */
export const watchPrefix = "rolebook:policy ";

/** A report with the time at which the policy ended, in milliseconds since the epoch. */
export interface WatchedPolicy extends PolicyReport {
  readonly at: number;
}

/** Tells it on the console, which a tenant shows in its log. For local use: claims are in it. */
export function watch(report: PolicyReport): void {
  const watched: WatchedPolicy = { ...report, at: Date.now() };
  console.log(watchPrefix + JSON.stringify(watched));
}
