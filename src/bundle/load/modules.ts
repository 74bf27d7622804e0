// hooks/flows.ts and the files it imports, read but not yet run.
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import type { Program } from "acorn";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import { type Span, startOf } from "../../model/source.ts";
import { type OutsideUses, outsideUses } from "../safety/uses.ts";
import { parseTypeScript, spanOf } from "./syntax.ts";

/** A file with the files it imports by a relative path; paths are relative to the project's root. */
export interface Module {
  readonly file: string;
  readonly program: Program;
  readonly uses: OutsideUses;
  readonly imports: readonly string[];
}

/** All files that `entry` needs, itself included: each after those it imports. */
export function readModules(root: string, entry: string): Checked<readonly Module[]> {
  const modules: Module[] = [];
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();

  const visit = (file: string, from: Span) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = textOf(root, file);
    if (text === undefined) {
      diagnostics.push(unreadable(file, from));
      return;
    }
    const { program, error } = parseTypeScript(file, text);
    if (error) diagnostics.push(error);
    if (!program) return;
    const uses = outsideUses(program);
    const imported = relativeImports(file, uses);
    for (const { target, at } of imported) visit(target, at);
    modules.push({ file, program, uses, imports: imported.map(({ target }) => target) });
  };

  visit(entry, startOf(entry));
  return { value: modules, diagnostics };
}

function textOf(root: string, file: string): string | undefined {
  try {
    return readFileSync(posix.join(root, file), "utf8");
  } catch {
    return undefined;
  }
}

function unreadable(file: string, at: Span): Diagnostic {
  return { code: "unreadable-file", severity: "error", message: `cannot read "${file}"`, at };
}

function relativeImports(file: string, { loads }: OutsideUses) {
  return loads.flatMap(({ node, module }) =>
    module?.startsWith(".")
      ? { target: posix.join(posix.dirname(file), module), at: spanOf(file, node) }
      : [],
  );
}
