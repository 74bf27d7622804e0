import type { PolicyReport } from "../../policy/run.ts";

/** What a line on the console starts with that says what a policy came to; the rest is JSON. */
export const watchPrefix = "rolebook:policy ";

/** Tells it on the console, which a tenant shows in its log. For local use: claims are in it. */
export function watch(report: PolicyReport): void {
  console.log(watchPrefix + JSON.stringify(report));
}
