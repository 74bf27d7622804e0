import { readEstate } from "../../estate.ts";
import { formatDiagnostics } from "../../report/text.ts";
import { filesOfDeclarations, locksOf, writeGenerated } from "../generated-files.ts";

/**
 * Writes the generated files of the checkout; 1 and all errors if some cannot be made. Those that need declarations only
 * are made as soon as these can be read: policies may already name what only the new files make known. The locks are made
 * when there are no errors at all.
 */
export async function generate(root: string): Promise<number> {
  const estate = readEstate(root);
  const { sources, declarations, diagnostics } = estate;
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const isRead = [...declarations.incomplete].every((path) => path.startsWith("hooks/"));
  const written = writeGenerated(root, [
    ...(isRead ? filesOfDeclarations(declarations) : []),
    ...(errors.length === 0 ? locksOf(estate) : []),
  ]);
  process.stdout.write(written.map((path) => `wrote ${path}\n`).join(""));
  if (errors.length > 0) {
    const color = process.stderr.isTTY && process.stderr.hasColors();
    process.stderr.write(`${formatDiagnostics(errors, sources, { color })}\n`);
    return 1;
  }
  if (written.length === 0) process.stdout.write("nothing to write\n");
  return 0;
}
