/** Where a text is first not what it should be, 1-based, and which lines differ, in words that go on after a colon. */
export interface LineDifference {
  readonly line: number;
  readonly words: string;
}

/** How a file differs from what it should be; undefined for a file that is not there. Both must not be the same. */
export function differenceOf(current: string | undefined, wanted: string): LineDifference {
  if (current === undefined) return { line: 1, words: "there is no such file" };
  const has = current.split("\n");
  const needs = wanted.split("\n");
  const first = has.findIndex((line, index) => line !== needs[index]);
  const lacking = without(needs, has);
  const surplus = without(has, needs);
  const parts = [
    ...(lacking.length > 0 ? [`it lacks ${shortly(lacking)}`] : []),
    ...(surplus.length > 0 ? [`it has ${shortly(surplus)} too much`] : []),
  ];
  return {
    line: first < 0 ? has.length : first + 1,
    words: parts.join("; ") || "it has the right lines in a wrong order or number",
  };
}

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return lines.filter((line) => !known.has(line));
}

/** Characters of a line that are shown. */
const shownWidth = 100;

function shortly([first = "", ...rest]: readonly string[]): string {
  const line = first.trim();
  const shown = line.length > shownWidth ? `${line.slice(0, shownWidth)}…` : line;
  if (rest.length === 0) return `"${shown}"`;
  return `"${shown}" and ${rest.length} more ${rest.length === 1 ? "line" : "lines"}`;
}
