// Findings as people read them in a terminal.
import { styleText } from "node:util";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { SourceFile, Span } from "../model/source.ts";
import { displayWidth, placeOf, printable } from "./display.ts";

/** How a report may look. */
export interface TextStyle {
  readonly color: boolean;
}

/**
 * The findings in the order given: place, severity, code and message, the line with carets under what is meant, the
 * other places, and the way out. Empty if there are none. Lines whose text is not among the sources are left out.
 */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
  { color }: TextStyle,
): string {
  const lines = new Map(sources.map(({ path, text }) => [path, text.split(/\r?\n/)]));
  const paint: Paint = (style, text) =>
    color ? styleText(styles[style], text, { validateStream: false }) : text;
  return diagnostics.map((each) => formatDiagnostic(each, lines.get(each.at.file), paint)).join("\n\n");
}

type Style = "place" | "error" | "warning" | "gutter" | "help";
type Paint = (style: Style, text: string) => string;

const styles: Readonly<Record<Style, Parameters<typeof styleText>[0]>> = {
  place: "bold",
  error: ["red", "bold"],
  warning: ["yellow", "bold"],
  gutter: "dim",
  help: "cyan",
};

function formatDiagnostic(
  { code, severity, message, at, related = [], help, conceal }: Diagnostic,
  lines: readonly string[] | undefined,
  paint: Paint,
): string {
  return [
    `${paint("place", placeOf(at))} ${paint(severity, severity)} ${code}: ${printable(message)}`,
    ...(conceal ? [] : excerpt(at, lines, (text) => paint(severity, text), paint)),
    ...related
      .filter((other) => !message.includes(placeOf(other.at)))
      .map((other) => `${paint("help", "see:")} ${placeOf(other.at)} ${printable(other.message)}`),
    ...(help === undefined ? [] : [`${paint("help", "help:")} ${printable(help)}`]),
  ].join("\n");
}

/** Characters of a line that are shown: the place and what stands around it. */
const shownWidth = 100;
const shownBefore = 60;

/** The line of the place and the carets below it; carets of a place that goes on end with its first line. */
function excerpt(
  { start, end }: Span,
  lines: readonly string[] | undefined,
  paintCarets: (text: string) => string,
  paint: Paint,
): readonly string[] {
  const line = lines?.[start.line - 1];
  const isWholeFile = start.line === 1 && start.column === 1 && end.line === 1 && end.column === 1;
  if (isWholeFile || line === undefined || line.trim() === "") return [];
  const from = start.column - 1;
  const to = end.line === start.line ? end.column - 1 : line.length;
  const cutFrom = from > shownBefore ? from - shownBefore : 0;
  const cutTo = cutFrom + shownWidth;
  const before = `${cutFrom > 0 ? "…" : ""}${printable(line.slice(cutFrom, from))}`;
  const meant = printable(line.slice(from, Math.min(to, cutTo)));
  const after = `${printable(line.slice(Math.min(to, cutTo), cutTo))}${line.length > cutTo ? "…" : ""}`;
  const number = String(start.line).padStart(5);
  const blank = " ".repeat(number.length);
  const carets = "^".repeat(Math.max(displayWidth(meant), 1));
  return [
    `${paint("gutter", `${number} |`)} ${before}${meant}${after}`,
    `${paint("gutter", `${blank} |`)} ${" ".repeat(displayWidth(before))}${paintCarets(carets)}`,
  ];
}
