// The signs of a matrix, and what they say.
import type { ApiMatrix, Cell, Holder } from "../../review/index.ts";

/** A sign for how somebody has a scope. */
export interface Mark extends Cell {
  readonly sign: string;
  readonly meaning: string;
}

/** Every sign, in the order they are explained. */
const marks: readonly Mark[] = [
  { sign: "●", meaning: "by itself", inherited: false, inTokensOnly: false },
  { sign: "○", meaning: "by a role it includes, or a group around it", inherited: true, inTokensOnly: false },
  { sign: "◆", meaning: "by itself, in tokens only", inherited: false, inTokensOnly: true },
  { sign: "◇", meaning: "by a group around it, in tokens only", inherited: true, inTokensOnly: true },
];

/** The sign of a cell. */
export function markOf({ inherited, inTokensOnly }: Cell): Mark {
  const mark = marks.find((each) => each.inherited === inherited && each.inTokensOnly === inTokensOnly);
  if (!mark) throw new Error("every kind of cell has a sign");
  return mark;
}

/** The signs that stand in the matrices, in the order they are explained. */
export function usedMarks(matrices: readonly ApiMatrix[]): readonly Mark[] {
  const cells = matrices.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  const used = new Set(cells.flatMap((cell) => (cell ? [markOf(cell)] : [])));
  return marks.filter((mark) => used.has(mark));
}

/** What stands over a column. */
export function columnLabel({ kind, key }: Holder): string {
  return kind === "role" ? key : `${key} (${kind})`;
}

/** True if one of the scopes is of high risk. */
export function hasHighRisk(matrices: readonly ApiMatrix[]): boolean {
  return matrices.some(({ rows }) => rows.some(({ risk }) => risk === "high"));
}
