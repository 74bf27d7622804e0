// Two states of an estate side by side: stages, or a commit and a stage.
import { type Change, type Phrase, plainText } from "../review/index.ts";
import { changeLines } from "./change-lines.ts";
import { counted } from "./counts.ts";
import { aligned, printable } from "./display.ts";
import { jsonText } from "./json-text.ts";
import { codeText } from "./markdown-text.ts";

/** What is shown: from the base to the head. */
export interface Comparison {
  readonly base: ComparedSide;
  readonly head: ComparedSide;
  /** In the order of reports. */
  readonly changes: readonly Change[];
  /** Stage values that both have and that differ, sorted by name: these may. */
  readonly stageValues: readonly { readonly name: string; readonly base: string; readonly head: string }[];
}

export interface ComparedSide {
  /** A stack or a commit, as it was asked for. */
  readonly name: string;
  readonly fingerprint: string;
}

/** For a terminal: changes, then values of the stages, then whether both are the same. */
export function comparisonText(comparison: Comparison): string {
  const { changes, stageValues } = comparison;
  const values = aligned(
    stageValues.map(({ name, base, head }) => ["STAGE", name, `${base} → ${head}`].map(printable)),
  );
  const blocks = [changeLines(changes), values, [summary(comparison)]].filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** Tables for a pull request or a wiki. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { base, head, changes, stageValues } = comparison;
  const rows = changes.map(
    ({ effect, sentence, risk }) => `| ${effect} | ${inMarkdown(sentence)} | ${risk} |`,
  );
  const values = stageValues.map(
    (each) => `| ${[each.name, each.base, each.head].map(codeText).join(" | ")} |`,
  );
  return `${[
    [summary(comparison)],
    ...(rows.length > 0
      ? [["| | from the first to the second | risk |", "| --- | --- | --- |", ...rows]]
      : []),
    ...(values.length > 0
      ? [
          [
            `| stage value | ${codeText(base.name)} | ${codeText(head.name)} |`,
            "| --- | --- | --- |",
            ...values,
          ],
        ]
      : []),
  ]
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function inMarkdown(sentence: Phrase): string {
  return sentence.map((piece) => (typeof piece === "string" ? piece : codeText(piece.name))).join("");
}

/** The version of what `comparisonJson` gives: goes up when a reader of the last one could be misled. */
const version = 1;

/** For programs. */
export function comparisonJson({ base, head, changes, stageValues }: Comparison): string {
  return jsonText({
    version,
    base,
    head,
    changes: changes.map(({ sentence, ...rest }) => ({ ...rest, text: plainText(sentence) })),
    stageValues,
  });
}

function summary({ base, head, changes }: Comparison): string {
  if (changes.length === 0) return `${base.name} and ${head.name} have the same access`;
  const wider = changes.filter(({ effect }) => effect === "wider").length;
  return `${head.name} differs from ${base.name}: ${counted(changes.length, "change")}, ${wider} wider`;
}
