import type { ApiMatrix, Holder, MatrixRow } from "../../review/index.ts";
import { cut, displayWidth, padded, printable } from "../display.ts";
import { columnLabel, hasHighRisk, markOf, usedMarks } from "./marks.ts";

/** Columns of the terminal that a matrix is made for. */
const terminalWidth = 80;
/** Columns of the longest scope that is shown whole. */
const longestScope = 40;

/**
 * The matrices for a terminal of 80 columns: scopes below each other, roles and groups beside each other, their names in
 * steps above. What does not fit beside each other goes on below. Ends with what the signs mean; empty if there is no API.
 */
export function matrixText(matrices: readonly ApiMatrix[]): string {
  const blocks = [...matrices.flatMap(apiBlocks), ...legend(matrices)];
  return blocks.map((block) => `${block}\n`).join("\n");
}

function apiBlocks({ api, name, identifier, columns, rows }: ApiMatrix): readonly string[] {
  const title = cut(`${api}  ${printable(name)}, ${printable(identifier)}`, terminalWidth);
  if (rows.length === 0) return [`${title}\n\nno scopes`];
  const labels = rows.map(rowLabel);
  const left = Math.max(...labels.map(displayWidth)) + 2;
  const parts = fitting(columns, left);
  return parts.map((part, index) => {
    const heading = index === 0 ? title : `${api}  goes on (${index + 1} of ${parts.length})`;
    const lines = [
      ...ladder(part.columns, left),
      ...rows.map((row, line) => `${padded(labels[line] ?? "", left)}${signs(row, part)}`),
    ];
    return `${heading}\n\n${lines.join("\n")}`;
  });
}

/** Columns that stand beside each other, from the one with the index `from`. */
interface Part {
  readonly from: number;
  readonly columns: readonly Holder[];
}

/** The columns in parts of which each fits into a terminal; one part without columns if nobody has any scope. */
function fitting(columns: readonly Holder[], left: number): readonly Part[] {
  const parts: { from: number; columns: Holder[] }[] = [{ from: 0, columns: [] }];
  for (const [index, column] of columns.entries()) {
    const last = parts.at(-1);
    const from = left + 2 * (last?.columns.length ?? 0);
    const fits = from + displayWidth(columnLabel(column)) <= terminalWidth;
    if (last && (fits || last.columns.length === 0)) last.columns.push(column);
    else parts.push({ from: index, columns: [column] });
  }
  return parts;
}

/** The names of the columns, each on a line of its own right above its column, with lines down to it. */
function ladder(columns: readonly Holder[], left: number): readonly string[] {
  return columns.map((column, index) => `${" ".repeat(left)}${"│ ".repeat(index)}${columnLabel(column)}`);
}

function rowLabel({ value, risk }: MatrixRow): string {
  return `${cut(printable(value), longestScope)}${risk === "high" ? " !" : ""}`;
}

function signs({ cells }: MatrixRow, { from, columns }: Part): string {
  if (columns.length === 0) return "nobody";
  const own = cells.slice(from, from + columns.length);
  return own.map((cell) => (cell ? markOf(cell).sign : "·")).join(" ");
}

/** What the signs mean, as one block; none if there are no signs. */
function legend(matrices: readonly ApiMatrix[]): readonly string[] {
  const lines = [
    ...usedMarks(matrices).map(({ sign, meaning }) => `${sign} ${meaning}`),
    ...(hasHighRisk(matrices) ? ["! high risk"] : []),
  ];
  return lines.length > 0 ? [lines.join("\n")] : [];
}
