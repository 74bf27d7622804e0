// What has to hold for every estate, whatever is in it.
import { parse, resolve } from "../src/compile/index.ts";
import { type Checked, type Diagnostic, sortDiagnostics } from "../src/model/diagnostic.ts";
import type { Position, SourceFile, Span } from "../src/model/source.ts";
import { formatGithub } from "../src/report/github.ts";
import { formatJson } from "../src/report/json.ts";
import { formatDiagnostics } from "../src/report/text.ts";

/**
 * What is wrong with the check of what was read of a checkout, undefined if nothing: it throws, points outside of its files,
 * says something else the second time, says nothing about `wrong`, or cannot be shown.
 */
export function faultOf(
  { value: sources, diagnostics: unread }: Checked<readonly SourceFile[]>,
  wrong: string | undefined,
): string | undefined {
  const diagnostics = sortDiagnostics([...unread, ...check(sources)]);
  const linesOf = new Map(sources.map(({ path, text }) => [path, text.split("\n")]));
  const [outside] = diagnostics
    .flatMap(({ at, related = [] }) => [at, ...related.map((each) => each.at)])
    .filter((span) => !isInside(span, linesOf.get(span.file) ?? [""]));
  if (outside) return `points outside of the file: ${JSON.stringify(outside)}`;
  if (
    wrong !== undefined &&
    !diagnostics.some(({ at, severity }) => at.file === wrong && severity === "error")
  )
    return `finds nothing wrong in ${wrong}`;
  const again = sortDiagnostics([...unread, ...check(sources)]);
  if (formatJson(again) !== formatJson(diagnostics)) return "finds something else the second time";
  if (formatGithub(diagnostics).split("\n").length !== diagnostics.length + 1)
    return "shows a finding as more than one annotation";
  formatDiagnostics(diagnostics, sources, { color: true });
  return undefined;
}

function check(sources: readonly SourceFile[]): readonly Diagnostic[] {
  const { value: declarations, diagnostics } = parse(sources);
  return [...diagnostics, ...resolve(declarations, { flows: [] }, declarations.stacks).diagnostics];
}

/** True if the span runs forward within its file, or is the start of one that was not read. */
function isInside({ start, end }: Span, lines: readonly string[]): boolean {
  const isForward = start.line < end.line || (start.line === end.line && start.column <= end.column);
  const has = ({ line, column }: Position) => {
    const text = lines[line - 1];
    return text !== undefined && column >= 1 && column <= text.length + 1;
  };
  return isForward && has(start) && has(end);
}
