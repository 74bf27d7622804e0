import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ImportDeclaration } from "acorn";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import { type Span, startOf } from "../../model/source.ts";
import type { Module } from "./modules.ts";
import { spanOf } from "./syntax.ts";

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
  for (const module of modules) {
    const { file, imports } = module;
    if (imports.some((each) => failed.has(each))) {
      failed.add(file);
      continue;
    }
    try {
      exports.set(file, require(join(root, file)) as Exports);
    } catch (thrown) {
      failed.add(file);
      diagnostics.push(loadFailed(root, module, thrown));
    }
  }
  return { value: exports, diagnostics };
}

function loadFailed(root: string, module: Module, thrown: unknown): Diagnostic {
  const reason = reasonOf(thrown);
  return {
    code: "policy-load-failed",
    severity: "error",
    message: `"${module.file}" cannot be loaded: ${reason.split("\n")[0]}`,
    at: missingImport(module, reason) ?? firstLineOfStack(root, module, thrown),
  };
}

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const waits = "code" in thrown && thrown.code === "ERR_REQUIRE_ASYNC_MODULE";
  return waits ? "it awaits outside of any function; Auth0 cannot wait for a module" : thrown.message;
}

/** The import of a name that is not exported: Node's error says which, but not where. */
function missingImport({ file, program }: Module, reason: string): Span | undefined {
  const [, source, name] = /module '(.+)' does not provide an export named '(.+)'/.exec(reason) ?? [];
  for (const statement of program.body) {
    if (statement.type !== "ImportDeclaration" || statement.source.value !== source) continue;
    const specifier = statement.specifiers.find((each) => importedName(each) === name);
    if (specifier) return spanOf(file, specifier);
  }
  return undefined;
}

function importedName(specifier: ImportDeclaration["specifiers"][number]): string | undefined {
  if (specifier.type !== "ImportSpecifier") return "default";
  return specifier.imported.type === "Identifier" ? specifier.imported.name : undefined;
}

function firstLineOfStack(root: string, { file }: Module, thrown: unknown): Span {
  const stack = (thrown instanceof Error && thrown.stack) || "";
  const url = pathToFileURL(join(root, file)).href;
  const [, line, column] = new RegExp(`${RegExp.escape(url)}:(\\d+):(\\d+)`).exec(stack) ?? [];
  if (!line || !column) return startOf(file);
  const start = { line: Number(line), column: Number(column) };
  return { file, start, end: start };
}
