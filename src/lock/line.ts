// How a fact is written: columns with two blanks between them, so that a line reads like a table and splits like one.
import type { Permission } from "../model/access-model.ts";

/** One line of the lock. Its columns hold no two blanks in a row: `word` keeps them out of free text. */
export function line(...columns: readonly string[]): string {
  return columns.join("  ");
}

/**
 * The text as it stands in a column: as it is where it has no blanks and no quotes, else in quotes as in JSON. Characters
 * that do not show, or turn the direction of writing round, are escaped: what a reviewer reads is what is there.
 */
export function word(text: string): string {
  if (/^[!#-[\]-~]+$/.test(text)) return text;
  if (/^[\p{L}\p{M}\p{N}\p{P}\p{S}]+$/u.test(text) && !/["\\]/.test(text)) return text;
  return jsonWord(text);
}

/** A value as JSON in one column, escaped like `word`. Blanks stand in its texts only, so that it stays the same value. */
export function jsonWord(value: unknown): string {
  return JSON.stringify(value).replaceAll(/ (?= )|(?! )[\p{C}\p{Z}]/gu, escaped);
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

/** The column that says what somebody may do, such as `orders read:orders`. */
export function permissionColumn({ api, scope }: Permission): string {
  return `${api} ${word(scope)}`;
}

/** How something comes to `self`: `direct`, `via` others, or `direct, via` others. */
export function way(self: string, via: readonly string[]): string {
  if (!via.includes(self)) return `via ${via.join(", ")}`;
  if (via.length === 1) return "direct";
  return `direct, via ${via.filter((each) => each !== self).join(", ")}`;
}
