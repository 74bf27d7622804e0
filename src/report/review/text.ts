import { styleText } from "node:util";
import type { Effect, Review, ReviewedChange } from "../../review/index.ts";
import { plainText } from "../../review/index.ts";
import { counted } from "../counts.ts";
import { displayWidth, padded, placeOf, printable } from "../display.ts";
import type { TextStyle } from "../text.ts";

/** The review for a terminal: a line for each change with its risk and whom it asks, and below it its place. */
export function reviewText(review: Review, { color }: TextStyle): string {
  const { changes, asks, notes } = review;
  const paint = (effect: Effect, text: string) =>
    color ? styleText(styles[effect], text, { validateStream: false }) : text;
  const rows = changes.map(row);
  // One long sentence does not send the risks of all others out of sight.
  const widest = Math.min(mostAligned, Math.max(0, ...rows.map(([, sentence]) => displayWidth(sentence))));
  const lines = changes.flatMap(({ effect, at }, index) => [
    paint(effect, lineOf(rows[index] ?? ["", "", "", ""], widest)),
    `          ${placeOf(at)}`,
  ]);
  const last = asks.length > 0 ? [`asks ${asks.map(printable).join(", ")}`] : [];
  return [
    ...(lines.length > 0 ? [lines.join("\n")] : []),
    ...(notes.length > 0 ? [notes.map((note) => `note: ${printable(note)}`).join("\n")] : []),
    [totalOf(changes), ...last].join("; "),
  ]
    .map((block) => `${block}\n`)
    .join("\n");
}

const styles = { wider: "red", flow: "yellow", changed: "cyan", narrower: "green" } as const;

/** Columns up to which sentences are padded. */
const mostAligned = 90;

type Row = readonly [effect: string, sentence: string, risk: string, asks: string];

function lineOf([effect, sentence, risk, asks]: Row, widest: number): string {
  return [effect.padEnd(8), padded(sentence, widest), risk.padEnd("medium".length), asks]
    .join("  ")
    .trimEnd();
}

function row({ effect, sentence, risk, asks, unapproved }: ReviewedChange): Row {
  return [
    effect.toUpperCase(),
    printable(plainText(sentence)),
    effect === "narrower" ? "" : risk,
    [
      ...(unapproved ? ["not approved"] : []),
      ...(asks.length > 0 ? [`asks ${asks.map(printable).join(", ")}`] : []),
    ].join(", "),
  ];
}

function totalOf(changes: readonly ReviewedChange[]): string {
  if (changes.length === 0) return "no change of access";
  const wider = changes.filter(({ effect }) => effect === "wider");
  const high = wider.filter(({ risk }) => risk === "high").length;
  return [
    counted(changes.length, "change"),
    `${wider.length} wider${high > 0 ? ` (${high} of high risk)` : ""}`,
  ].join(", ");
}
