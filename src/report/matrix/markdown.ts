import type { ApiMatrix } from "../../review/index.ts";
import { columnLabel, markOf, usedMarks } from "./marks.ts";

/** Columns of the widest table. */
const mostColumns = 12;

/** The matrices as tables of Markdown, one for each API, or several if many have its scopes; with what the signs mean. */
export function matrixMarkdown(matrices: readonly ApiMatrix[]): string {
  const legend = usedMarks(matrices).map(({ sign, meaning }) => `${sign} ${meaning}`);
  const sections = [...matrices.map(section), ...(legend.length > 0 ? [legend.join(" · ")] : [])];
  return sections.map((text) => `${text}\n`).join("\n");
}

function section({ api, name, identifier, columns, rows }: ApiMatrix): string {
  const title = `### ${escaped(name)}\n\n${code(api)}, ${code(identifier)}`;
  if (rows.length === 0) return `${title}\n\nno scopes`;
  const starts = Array.from(
    { length: Math.max(1, Math.ceil(columns.length / mostColumns)) },
    (_, index) => index * mostColumns,
  );
  const tables = starts.map((from) => {
    const to = from + mostColumns;
    const labels = columns.slice(from, to).map((column) => escaped(columnLabel(column)));
    const head = ["scope", "risk", ...labels];
    const lines = rows.map(({ value, risk, cells }) => [
      code(value),
      risk,
      ...cells.slice(from, to).map((cell) => (cell ? markOf(cell).sign : "")),
    ]);
    const rule = head.map((_, index) => (index < 2 ? "---" : ":-:"));
    return [head, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  });
  return [title, ...tables].join("\n\n");
}

/** Text that means what it says in Markdown, in a table, too. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>|&#~]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text in the type of code; where a code span would end early, as HTML. */
function code(text: string): string {
  return /[`|\\]/.test(text) ? `<code>${escaped(text)}</code>` : `\`${text}\``;
}
