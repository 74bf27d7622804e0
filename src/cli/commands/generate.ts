import { parse, readSources } from "../../compile/index.ts";
import { hasErrors, sortDiagnostics } from "../../model/diagnostic.ts";
import { formatDiagnostics } from "../../report/text.ts";
import { writeGenerated } from "../generated-files.ts";

/**
 * Writes the generated files of the checkout. Needs declarations without errors, not flows: these may already name what
 * only the new files make known.
 */
export async function generate(root: string): Promise<number> {
  const { value: sources, diagnostics: unread } = readSources(root);
  const { value: declarations, diagnostics: unparsed } = parse(sources);
  const diagnostics = sortDiagnostics([...unread, ...unparsed]);
  if (hasErrors(diagnostics)) {
    process.stderr.write(
      `${formatDiagnostics(diagnostics, sources, { color: process.stderr.isTTY && process.stderr.hasColors() })}\n`,
    );
    return 1;
  }
  const written = writeGenerated(root, declarations);
  process.stdout.write(
    written.length > 0 ? written.map((path) => `wrote ${path}\n`).join("") : "nothing to write\n",
  );
  return 0;
}
