// How messages show what was found and what may have been meant.
import { nearest } from "../model/nearest.ts";
import type { Located, Span } from "../model/source.ts";

const longest = 60;

/** The text in double quotes, as it was written; cut if it is long. */
export function quote(text: string): string {
  return `"${text.length > longest ? `${text.slice(0, longest)}…` : text}"`;
}

/** What a YAML value is, for "…, found …": text and numbers with the value, collections by kind only. */
export function found(value: unknown): string {
  switch (typeof value) {
    case "string":
      return `text ${quote(value)}`;
    case "number":
    case "bigint":
      return `number ${value}`;
    case "boolean":
      return String(value);
    default:
      return Array.isArray(value) ? "a list" : value === null ? "nothing" : "a mapping";
  }
}

/** The names in quotes, with commas. */
export function listed(names: Iterable<string>): string {
  return [...names].map(quote).join(", ");
}

/** A place in one line: `file:line:column`. */
export function placeOf({ file, start }: Span): string {
  return `${file}:${start.line}:${start.column}`;
}

/** A declared thing's key with its place, for suggestions. */
export function placed({ key, at }: { readonly key: string; readonly at: Span }): Located<string> {
  return { value: key, at };
}

const fewEnough = 12;

/** The way out after an unknown name: the one that was most likely meant and its place, else all there are, if few. */
export function suggest(name: string, known: readonly (string | Located<string>)[]): { help?: string } {
  const meant = suggestNearest(name, known);
  if (meant.help !== undefined || known.length === 0 || known.length > fewEnough) return meant;
  return { help: `known are ${listed(known.map(nameOf))}` };
}

/** The way out after a name that is not among those the message lists: the one that was most likely meant. */
export function suggestNearest(
  name: string,
  known: readonly (string | Located<string>)[],
): { help?: string } {
  const meant = nearest(name, known.map(nameOf));
  if (meant === undefined) return {};
  const named = known.find((each) => nameOf(each) === meant);
  const place = typeof named === "object" ? ` (${placeOf(named.at)})` : "";
  return { help: `did you mean ${quote(meant)}?${place}` };
}

function nameOf(known: string | Located<string>): string {
  return typeof known === "string" ? known : known.value;
}
