import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { readEstate } from "../../estate.ts";
import { type Diagnostic, hasErrors, sortDiagnostics } from "../../model/diagnostic.ts";
import { formatDiagnostics } from "../../report/text.ts";
import { Failure } from "../failure.ts";
import { staleFiles } from "../generated-files.ts";
import { readOptions } from "../options.ts";

/** Shows everything that is wrong in a checkout, for all its stacks; nothing if all is well. 1 if there are errors. */
export async function check(args: readonly string[]): Promise<number> {
  const { root = "." } = readOptions(args, { root: { type: "string" } });
  const path = resolve(root);
  if (!existsSync(resolve(path, "Pulumi.yaml")))
    throw new Failure(`"${path}" holds no Pulumi.yaml`, "run this in a checkout, or name one with --root");
  const { diagnostics: found, sources, declarations } = readEstate(path);
  // What the generated files should hold is known only once the declarations are in order.
  const diagnostics = hasErrors(found)
    ? found
    : sortDiagnostics([...found, ...staleFiles(path, declarations)]);
  if (diagnostics.length > 0) {
    const color = process.stdout.isTTY && process.stdout.hasColors();
    process.stdout.write(
      `${formatDiagnostics(diagnostics, sources, { color })}\n\n${countOf(diagnostics)}\n`,
    );
  }
  return hasErrors(diagnostics) ? 1 : 0;
}

function countOf(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  return [plural(errors, "error"), plural(diagnostics.length - errors, "warning")]
    .filter((each) => each !== undefined)
    .join(", ");
}

function plural(count: number, noun: string): string | undefined {
  if (count === 0) return undefined;
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
