import type { Diagnostic } from "../model/diagnostic.ts";
import { severityCounts } from "./counts.ts";
import { jsonText } from "./json-text.ts";

/** The version of what `formatJson` gives: goes up when a reader of the last one could be misled. */
const version = 1;

/**
 * The findings in the order given, as a JSON document for programs: places with lines and columns as in the model (1-based,
 * UTF-16 units, `end` exclusive), no text of any file. A document with an empty list if there are none.
 */
export function formatJson(diagnostics: readonly Diagnostic[]): string {
  return jsonText({
    version,
    ...severityCounts(diagnostics),
    diagnostics: diagnostics.map(({ code, severity, message, at, related = [], help }) => ({
      code,
      severity,
      message,
      at,
      related,
      help,
    })),
  });
}
