// TypeScript as a tree with places: types are blanked out, so every node keeps its line and column.
import { stripTypeScriptTypes } from "node:module";
import { type AnyNode, type Node, type Program, parse } from "acorn";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { type Span, startOf } from "../../model/source.ts";

/** A parsed file. `program` is undefined if `error` says why. */
export interface Syntax {
  readonly program?: Program;
  readonly error?: Diagnostic;
}

/** The tree of a TypeScript file that Node can run, else diagnostic `syntax` where the first error is. */
export function parseTypeScript(file: string, text: string): Syntax {
  try {
    return {
      program: parse(withoutTypes(text), { ecmaVersion: "latest", sourceType: "module", locations: true }),
    };
  } catch (thrown) {
    const { message, at } = describe(thrown, file);
    return { error: { code: "syntax", severity: "error", message, at } };
  }
}

/** The stretch of the file that a node covers. */
export function spanOf(file: string, node: Node): Span {
  const { start, end } = node.loc ?? {};
  if (!start || !end) return startOf(file);
  return {
    file,
    start: { line: start.line, column: start.column + 1 },
    end: { line: end.line, column: end.column + 1 },
  };
}

/** Every node below and including this one, in the order of the text. */
export function nodesIn(value: unknown): readonly AnyNode[] {
  const nodes: AnyNode[] = [];
  const visit = (each: unknown) => {
    if (typeof each !== "object" || each === null) return;
    if ("type" in each) nodes.push(each as AnyNode); // in acorn's trees only nodes have a type
    for (const child of Object.values(each)) visit(child);
  };
  visit(value);
  return nodes;
}

function withoutTypes(text: string): string {
  // Node warns on every machine that the function may change; people who run a check can do nothing about it.
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(text);
  } finally {
    process.emitWarning = emitWarning;
  }
}

function describe(thrown: unknown, file: string): { readonly message: string; readonly at: Span } {
  // acorn's errors have `loc` and repeat it in the message; Node's have the line and carets at the head of the stack.
  const { message, loc, stack = "" } = thrown as SyntaxError & { loc?: { line: number; column: number } };
  const text = message.replace(/ \(\d+:\d+\)$/, "").replace(/\. Expected .*$/s, "");
  const [, shown = 1] = /^:(\d+)\n/.exec(stack) ?? [];
  const [, margin = "", carets = ""] = /^( *)(\^+)$/m.exec(stack) ?? [];
  const line = loc?.line ?? Number(shown);
  const column = (loc?.column ?? margin.length) + 1;
  return {
    message: text,
    at: { file, start: { line, column }, end: { line, column: column + (loc ? 0 : carets.length) } },
  };
}
