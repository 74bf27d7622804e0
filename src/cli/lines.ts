// Lines of text for people: 80 columns, no colour.
import { cut, printable } from "../report/display.ts";
import { wrap } from "./page.ts";

/** Columns of all that these make. */
export const width = 80;

const labelWidth = 14;

/** A label with its text beside it, broken into lines below each other; beneath it if both do not fit. */
export function entry(indent: string, label: string, text: string): readonly string[] {
  const column = indent.length + labelWidth;
  const [first = "", ...rest] = wrap(text, width - column);
  const start = `${indent}${label}`;
  const below = (lines: readonly string[]) => lines.map((line) => `${" ".repeat(column)}${line}`);
  if (start.length + 2 > column && `${start}  ${text}`.length <= width) return [`${start}  ${text}`];
  if (start.length + 2 > column) return [start, ...below([first, ...rest])];
  return [`${start.padEnd(column)}${first}`.trimEnd(), ...below(rest)];
}

/** Text broken into lines, each with the indent. */
export function wrapped(indent: string, text: string): readonly string[] {
  return wrap(text, width - indent.length).map((line) => `${indent}${line}`);
}

/** Two texts at the ends of a line; below each other if they do not fit. */
export function ends(left: string, right: string): readonly string[] {
  const gap = width - left.length - right.length;
  return gap < 2 ? [left, `${" ".repeat(6)}${right}`] : [`${left}${" ".repeat(gap)}${right}`];
}

/** A value in a line of text: of long ones the beginning. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "undefined");
  return cut(printable(text.replaceAll('","', '", "')), 400);
}
