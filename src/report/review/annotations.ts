// The review where the lines are: annotations of a pull request, and code scanning.
import type { Span } from "../../model/source.ts";
import { changeKinds, plainText, type Review, type ReviewedChange } from "../../review/index.ts";
import { placeOf } from "../display.ts";
import { annotation } from "../github.ts";
import { physicalLocation, sarifLog } from "../sarif.ts";

/** A line for each change, by GitHub's workflow commands; empty if there is none. */
export function reviewGithub({ changes }: Review): string {
  return changes
    .map((change) => {
      const { effect, risk } = change;
      const level = levelOf(change);
      const title = effect === "narrower" ? effect : `${effect}, ${risk} risk`;
      return `${annotation(level === "note" ? "notice" : level, shownPlace(change), title, messageOf(change))}\n`;
    })
    .join("");
}

/** A SARIF log with a rule for each kind of change that there is. */
export function reviewSarif({ changes }: Review, version: string): string {
  const kinds = changeKinds.filter((kind) => changes.some((change) => change.kind === kind));
  return sarifLog(
    version,
    kinds.map((kind) => ({
      id: `review/${kind}`,
      shortDescription: { text: `Access changes: ${kind.replaceAll("-", " ")}` },
      helpUri: "docs/review.md",
    })),
    changes.map((change) => ({
      ruleId: `review/${change.kind}`,
      ruleIndex: kinds.indexOf(change.kind),
      level: levelOf(change),
      message: { text: messageOf(change).join("\n") },
      locations: [{ physicalLocation: physicalLocation(shownPlace(change)) }],
    })),
  );
}

function levelOf({ effect, risk, unapproved }: ReviewedChange): "error" | "warning" | "note" {
  if (effect !== "wider") return "note";
  return risk === "high" || unapproved ? "error" : "warning";
}

/** What is gone has no line in the head: the start of its file stands for it. */
function shownPlace({ at, side }: ReviewedChange): Span {
  return side === "head" ? at : { ...at, start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };
}

function messageOf({ sentence, asks, side, at }: ReviewedChange): readonly string[] {
  return [
    plainText(sentence),
    ...(asks.length > 0 ? [`asks ${asks.join(", ")}`] : []),
    ...(side === "base" ? [`before: ${placeOf(at)}`] : []),
  ];
}
