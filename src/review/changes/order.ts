import type { FlowName } from "../../model/flows.ts";
import type { Change } from "../change.ts";
import { phrase, words } from "../phrase.ts";
import { gives, holdsBack } from "./powers.ts";
import { about, type StepPair } from "./step-pair.ts";

/**
 * Policies that stand in another order: for each that has moved, the nearest one it has passed. Roles that are given before a
 * policy denies count for it, and so do not where it comes first.
 */
export function orderChanges(flow: FlowName, kept: readonly StepPair[]): readonly Change[] {
  const before = kept.toSorted((a, b) => placeOf(a) - placeOf(b));
  const staying = longestCommon(before, kept);
  return kept
    .filter((pair) => !staying.has(pair))
    .map((pair): Change => {
      const at = kept.indexOf(pair);
      const passed = (other: StepPair) =>
        before.indexOf(other) < before.indexOf(pair) !== kept.indexOf(other) < at;
      const passedBy = kept.filter((other) => other !== pair && passed(other));
      const isEarlier = passedBy.some((other) => kept.indexOf(other) > at);
      const nearest = isEarlier ? passedBy[0] : passedBy.at(-1);
      const letsIn = passedBy.some((other) =>
        isEarlier ? gives(pair.after) && holdsBack(other.after) : holdsBack(pair.after) && gives(other.after),
      );
      return {
        effect: letsIn ? "wider" : "flow",
        kind: "order",
        risk: letsIn ? "medium" : "low",
        ...about(flow, pair.after.policy),
        after: pair.after.policy,
        sentence: phrase`${words(flow)}: ${pair.after.policy} now runs ${words(isEarlier ? "before" : "after")} ${nearest?.after.policy ?? ""}${words(letsIn ? ", so roles that are given count where it is decided who is denied" : "")}`,
      };
    });
}

function placeOf({ before }: StepPair): number {
  return before.at.start.line;
}

/** The most that can keep their order: the others are those that have moved. */
function longestCommon(before: readonly StepPair[], after: readonly StepPair[]): ReadonlySet<StepPair> {
  const best: StepPair[][] = [];
  for (const [index, pair] of after.entries()) {
    const place = before.indexOf(pair);
    const earlier = best
      .slice(0, index)
      .filter((chain) => before.indexOf(chain.at(-1) ?? pair) < place)
      .sort((a, b) => b.length - a.length)[0];
    best.push([...(earlier ?? []), pair]);
  }
  return new Set(best.toSorted((a, b) => b.length - a.length)[0]);
}
