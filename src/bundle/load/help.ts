import { nearest } from "../../model/nearest.ts";

/** The way out for a name that does not exist: the one that was meant, else all that there are. */
export function didYouMean(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  return known.length > 0 ? `there are ${known.map((each) => `"${each}"`).join(", ")}` : "there are none";
}
