// Code of npm that becomes part of a bundle. What esbuild leaves out does no harm, so it is the result that is looked at.
import { realpathSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { join, relative } from "node:path";
import { type Node, parse } from "acorn";
import { type BuildOptions, buildSync } from "esbuild";
import type { Diagnostic, DiagnosticCode } from "../../model/diagnostic.ts";
import type { Span } from "../../model/source.ts";
import { networkUses } from "./network.ts";
import { unsafeCode } from "./unsafe-code.ts";
import { type Objection, outsideUses } from "./uses.ts";

/**
 * What is wrong with the packages in a bundle that is built so, at its place in the package's file. `inputs` are the files of
 * which something is in it; without packages nothing is built.
 */
export function packageFaults(
  root: string,
  options: BuildOptions,
  inputs: readonly string[],
): readonly Diagnostic[] {
  // The machinery that runs may be another checkout's than the one that is looked at.
  const folders = [join(root, "hooks"), join(root, "src"), join(import.meta.dirname, "../..")];
  const own = folders.map((folder) => `${relative(root, realpathSync(folder))}/`);
  const isForeign = (file: string) => file !== "<stdin>" && !own.some((folder) => file.startsWith(folder));
  if (!inputs.some(isForeign)) return [];

  const outfile = join(root, "bundle.js"); // never written; paths in the map are relative to it
  const { outputFiles = [] } = buildSync({ ...options, outfile, sourcemap: "external" });
  const [map = "", code = ""] = outputFiles.map(({ text }) => text);
  const sources = new SourceMap(JSON.parse(map) as SourceMapPayload); // as: esbuild's own
  const uses = outsideUses(parse(code, { ecmaVersion: "latest", sourceType: "script", locations: true }));
  const report = (code: DiagnosticCode, objections: readonly Objection[]) =>
    objections.flatMap(({ node, fact }): readonly Diagnostic[] => {
      const at = placeOf(node, sources);
      if (!at || !isForeign(at.file)) return [];
      const message = `"${at.file}", which becomes part of the code, ${fact}`;
      return [{ code, severity: "error", message, at, help }];
    });
  return [
    ...report("policy-unsafe-code", unsafeCode(uses)),
    ...report("policy-undeclared-host", networkUses(uses)),
  ];
}

const help =
  'import less of the package or take another; one that needs this is listed under "dependencies", where reviews see it';

function placeOf({ loc }: Node, sources: SourceMap): Span | undefined {
  if (!loc) return undefined;
  const entry = sources.findEntry(loc.start.line - 1, loc.start.column);
  if (!("originalSource" in entry)) return undefined;
  const start = { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  return { file: entry.originalSource, start, end: start };
}
