// Files that are made of the declarations and committed, so that editors and reviewers see what they come to.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderCatalogue } from "../bundle/index.ts";
import type { Declarations } from "../model/declarations.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { type SourceFile, startOf } from "../model/source.ts";

/** The generated files as they should be. */
function generatedFiles(declarations: Declarations): readonly SourceFile[] {
  return [{ path: "hooks/catalogue.ts", text: renderCatalogue(declarations) }];
}

/** A `stale-file` for each generated file of the checkout at `root` that is missing or not what it should be. */
export function staleFiles(root: string, declarations: Declarations): readonly Diagnostic[] {
  return outdated(root, declarations).map(({ path }) => ({
    code: "stale-file",
    severity: "error",
    message: `"${path}" is not what the declarations come to`,
    at: startOf(path),
    help: 'run "npm run generate"',
  }));
}

/** Writes the generated files that are stale, and gives their paths. */
export function writeGenerated(root: string, declarations: Declarations): readonly string[] {
  const files = outdated(root, declarations);
  for (const { path, text } of files) writeFileSync(join(root, path), text);
  return files.map(({ path }) => path);
}

function outdated(root: string, declarations: Declarations): readonly SourceFile[] {
  return generatedFiles(declarations).filter(({ path, text }) => currentText(root, path) !== text);
}

function currentText(root: string, path: string): string | undefined {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return undefined;
  }
}
