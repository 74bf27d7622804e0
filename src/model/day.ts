import type { Day } from "./names.ts";

/** The day of a moment in UTC, the same for everybody who looks at one commit at one time. */
export function dayOf(moment: Date): Day {
  return moment.toISOString().slice(0, "YYYY-MM-DD".length) as Day; // as: that is how days are written
}
