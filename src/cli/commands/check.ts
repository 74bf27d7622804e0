import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readEstate } from "../../estate.ts";
import { dayOf } from "../../model/day.ts";
import { type Diagnostic, hasErrors, sortDiagnostics } from "../../model/diagnostic.ts";
import type { SourceFile } from "../../model/source.ts";
import { counted, severityCounts } from "../../report/counts.ts";
import { formatGithub } from "../../report/github.ts";
import { formatJson } from "../../report/json.ts";
import { formatSarif } from "../../report/sarif.ts";
import { formatDiagnostics } from "../../report/text.ts";
import { checkoutAt } from "../checkout.ts";
import { staleFiles } from "../generated-files.ts";
import { choose, readOptions } from "../options.ts";
import { ownVersion } from "../own-version.ts";

/**
 * Shows everything that is wrong in a checkout, for all its stacks; as text nothing if all is well. 1 if there are errors,
 * with --strict also if there are warnings.
 */
export async function check(args: readonly string[]): Promise<number> {
  const options = readOptions(args, {
    root: { type: "string" },
    format: { type: "string" },
    strict: { type: "boolean" },
  });
  const format = choose("format", options.format ?? "text", formatNames);
  const strict = options.strict ?? false;
  const root = checkoutAt(options.root);
  const estate = readEstate(root, undefined, dayOf(new Date()));
  const { diagnostics: found, sources } = estate;
  // What the generated files should hold is known only once the declarations are in order.
  const diagnostics = hasErrors(found) ? found : sortDiagnostics([...found, ...staleFiles(root, estate)]);
  process.stdout.write(formats[format](diagnostics, sources, strict));
  return hasErrors(diagnostics) || (strict && diagnostics.length > 0) ? 1 : 0;
}

const formatNames = ["text", "json", "sarif", "github"] as const;
type Format = (diagnostics: readonly Diagnostic[], sources: readonly SourceFile[], strict: boolean) => string;

const formats: Readonly<Record<(typeof formatNames)[number], Format>> = {
  text: (diagnostics, sources, strict) => {
    if (diagnostics.length === 0) return "";
    const color = process.stdout.isTTY && process.stdout.hasColors();
    return `${formatDiagnostics(diagnostics, sources, { color })}\n\n${totalOf(diagnostics, strict)}\n`;
  },
  json: formatJson,
  sarif: (diagnostics) => {
    const own = join(import.meta.dirname, "../../..");
    const page = readFileSync(join(own, "docs/diagnostics.md"), "utf8");
    return formatSarif(diagnostics, { version: ownVersion(), page });
  },
  github: formatGithub,
};

function totalOf(diagnostics: readonly Diagnostic[], strict: boolean): string {
  const { errors, warnings } = severityCounts(diagnostics);
  const total = [
    ...(errors > 0 ? [counted(errors, "error")] : []),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
  ].join(", ");
  return strict && warnings > 0 ? `${total}; warnings count as errors (--strict)` : total;
}
