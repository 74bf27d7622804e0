import type { Phrase, ReviewedChange } from "../../review/index.ts";

/** Changes that are told in one row. */
export interface FoldedRow {
  readonly first: ReviewedChange;
  readonly changes: readonly ReviewedChange[];
  readonly sentence: Phrase;
}

/** Scopes that a row names before it counts. */
const mostScopes = 8;

/** The changes with those in one row that say the same of several scopes of one API; in the order of their firsts. */
export function folded(changes: readonly ReviewedChange[]): readonly FoldedRow[] {
  const groups = Map.groupBy(changes, (change) => {
    const { effect, kind, risk, asks, unapproved, sentence, permission } = change;
    const place = placeOfScope(change);
    if (place < 0 || !permission) return change;
    const rest = sentence.toSpliced(place, 1);
    return JSON.stringify([effect, kind, risk, asks, unapproved, permission.api, rest]);
  });
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    return [{ first, changes: group, sentence: group.length > 1 ? joined(first, group) : first.sentence }];
  });
}

function joined(first: ReviewedChange, group: readonly ReviewedChange[]): Phrase {
  const scopes = group.map(({ permission }) => permission?.scope ?? "");
  const shown = scopes.length > mostScopes ? scopes.slice(0, mostScopes - 1) : scopes;
  const names = shown.flatMap((name, index) => [
    ...(index === 0 ? [] : [index === scopes.length - 1 ? " and " : ", "]),
    { name, isQuoted: false },
  ]);
  const more = scopes.length > shown.length ? [` and ${scopes.length - shown.length} more`] : [];
  return first.sentence.toSpliced(placeOfScope(first), 1, ...names, ...more);
}

/** Where the sentence names the scope: before `on` and the API. */
function placeOfScope({ sentence, permission }: ReviewedChange): number {
  return sentence.findIndex(
    (piece, index) =>
      typeof piece !== "string" && piece.name === permission?.scope && sentence[index + 1] === " on ",
  );
}
