import type { Diagnostic, DiagnosticCode } from "../model/diagnostic.ts";
import type { Span } from "../model/source.ts";

/** What a finding may say beyond its code, place and message; an error unless it says otherwise. */
export type Details = Partial<Pick<Diagnostic, "severity" | "related" | "help" | "conceal">>;

/** Records one finding. The only way to report, for readers of files and for rules alike. */
export type Report = (code: DiagnosticCode, at: Span, message: string, details?: Details) => void;

/** A report and the list that it fills, in the order of the calls. */
export function collector(): { readonly report: Report; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  return {
    diagnostics,
    report: (code, at, message, details = {}) =>
      diagnostics.push({ code, severity: "error", message, at, ...details }),
  };
}
