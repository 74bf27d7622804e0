import { type Change, plainText } from "../review/index.ts";
import { aligned, printable } from "./display.ts";

/** A line for each change, without its place: effect, sentence, risk. Of more than `most` the last line tells how many. */
export function changeLines(changes: readonly Change[], most = Number.POSITIVE_INFINITY): readonly string[] {
  const isCut = changes.length > most;
  const shown = isCut ? changes.slice(0, most - 1) : changes;
  const lines = aligned(
    shown.map(({ effect, sentence, risk }) => [
      effect.toUpperCase(),
      printable(plainText(sentence)),
      effect === "narrower" ? "" : risk,
    ]),
  );
  return isCut ? [...lines, `and ${changes.length - shown.length} more`] : lines;
}
