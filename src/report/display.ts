// How much room text takes in a terminal, and what a terminal must not be sent.
import type { Span } from "../model/source.ts";

/** Control characters, and those that turn the direction of writing round: they could make a line read as another. */
const unprintable = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** The text with a blank for each tab and `�` for each other character that controls a terminal. */
export function printable(text: string): string {
  return text.replaceAll("\t", " ").replaceAll(unprintable, "\uFFFD");
}

/** The place as terminals and editors make a link of it: `file:line:column`. */
export function placeOf({ file, start }: Span): string {
  return `${printable(file)}:${start.line}:${start.column}`;
}

/** Characters that take two columns: the scripts of East Asia, full-width forms, and emoji. */
const wide =
  /^(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}|.*\uFE0F)/u;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** What nearly all text consists of: characters of one column that combine with nothing. */
const narrow = /^[ -~]*$/;

/** Columns the text takes in a terminal; combined characters count once. */
export function displayWidth(text: string): number {
  if (narrow.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += wide.test(segment) ? 2 : 1;
  return width;
}

/** The text with blanks after it up to so many columns. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

/** The text if it takes so many columns at most, else as much of its start as does, with an ellipsis. */
export function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = "";
  for (const { segment } of graphemes.segment(text)) {
    if (displayWidth(kept + segment) >= width) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** The rows with their cells below each other, two blanks between them; cells that are empty in all rows take no room. */
export function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell));
  return rows.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .filter((_, column) => widths[column] !== 0)
      .join("  ")
      .trimEnd(),
  );
}
