import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import { type Span, startOf } from "../../model/source.ts";
import type { Module } from "./modules.ts";

/** What a file exports, by name. */
export type Exports = Readonly<Record<string, unknown>>;

/**
 * Runs the files, each after those it imports, and gives what they export. One that throws is diagnostic
 * `policy-load-failed` at the line that threw; files that need it are left out in silence.
 */
export function evaluate(root: string, modules: readonly Module[]): Checked<ReadonlyMap<string, Exports>> {
  // The engine takes a program that waits for a promise which never settles for one that declares nothing: no import().
  const require = createRequire(join(root, "package.json"));
  const exports = new Map<string, Exports>();
  const diagnostics: Diagnostic[] = [];
  const failed = new Set<string>();
  for (const { file, imports } of modules) {
    if (imports.some((each) => failed.has(each))) {
      failed.add(file);
      continue;
    }
    try {
      exports.set(file, require(join(root, file)) as Exports);
    } catch (thrown) {
      failed.add(file);
      diagnostics.push(loadFailed(root, file, thrown));
    }
  }
  return { value: exports, diagnostics };
}

function loadFailed(root: string, file: string, thrown: unknown): Diagnostic {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const message = `"${file}" cannot be loaded: ${reason.split("\n")[0]}`;
  return { code: "policy-load-failed", severity: "error", message, at: placeOf(root, file, thrown) };
}

/** The first line of the stack that is in the file; where it cannot be linked Node puts the line before the stack. */
function placeOf(root: string, file: string, thrown: unknown): Span {
  const stack = (thrown instanceof Error && thrown.stack) || "";
  const url = pathToFileURL(join(root, file)).href;
  const from = stack.indexOf(`${url}:`);
  if (from < 0) return startOf(file);
  const [, line, column = "1"] = /^:(\d+)(?::(\d+))?/.exec(stack.slice(from + url.length)) ?? [];
  const start = { line: Number(line ?? 1), column: Number(column) };
  return { file, start, end: start };
}
