import type { Span } from "./source.ts";

/** Every code, by what it is about. */
export const diagnosticCodes = [
  // the text of a file
  "syntax",
  "empty-file",
  "unreadable-file",
  "unexpected-file",
  "duplicate-key",
  // the shape of a declaration
  "unknown-key",
  "missing-key",
  "wrong-type",
  "bad-key",
  "bad-value",
  "reserved-name",
  "limit-exceeded",
  // names that must exist, and must exist once
  "unknown-api",
  "unknown-scope",
  "unknown-role",
  "unknown-group",
  "unknown-client",
  "unknown-stage-value",
  "unusual-scope-name",
  "duplicate-scope",
  "duplicate-item",
  "duplicate-identifier",
  "duplicate-name",
  "duplicate-former-key",
  "include-cycle",
  "empty-pattern",
  "empty-role",
  "empty-group",
  "ungranted-scope",
  "unreachable-role",
  "large-claim",
  "overdue-review",
  "retired-in-use",
  // stage values
  "missing-stage-value",
  "unused-stage-value",
  "wrong-stage-value",
  "stage-value-not-allowed",
  "wrong-secrecy",
  // clients and what they are granted
  "wrong-client-type",
  "grant-not-allowed",
  "no-policies-client",
  "several-policies-clients",
  "wrong-authentication",
  "unenforced-roles",
  "unenforced-groups",
  // guardrails
  "forbidden-permission",
  "separated-permissions",
  "missing-approval",
  "unneeded-approval",
  "expired-approval",
  // warnings that are switched off
  "unneeded-acceptance",
  "expired-acceptance",
  // policies and flows
  "policy-load-failed",
  "policy-wrong-flow",
  "policy-bad-setting",
  "policy-unknown-operation",
  "policy-restricted-claim",
  "policy-missing-data",
  "policy-unused-operation",
  "policy-unsafe-code",
  "policy-secret-literal",
  "policy-undeclared-host",
  "policy-dependency",
  "policy-external-action",
  "bundle-failed",
  "bundle-too-large",
  "bundle-large",
  // generated files
  "stale-file",
] as const;

/** What is wrong, as a stable name; one row each in docs/diagnostics.md. */
export type DiagnosticCode = (typeof diagnosticCodes)[number];

export type Severity = "error" | "warning";

/** Another place that belongs to the finding, such as the first of two that clash. */
export interface Related {
  readonly message: string;
  readonly at: Span;
}

/**
 * One finding about what people wrote. `message` is one line without the position: subject first, then the fact,
 * the value as written in double quotes. `help` says the way out, if one is known.
 */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Span;
  readonly related?: readonly Related[];
  readonly help?: string;
  /** True if the line may hold a secret: reports name the place and do not show it. */
  readonly conceal?: boolean;
}

/** A value and what was found on the way to it. The value is usable only if no diagnostic is an error. */
export interface Checked<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** True if nothing can be applied. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((each) => each.severity === "error");
}

/** Sorted by file, line, column, code and message; without doubles. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const unique = new Map(diagnostics.map((each) => [identityOf(each), each]));
  return [...unique.values()].sort(byPlace);
}

function identityOf({ code, message, at }: Diagnostic): string {
  return JSON.stringify([at.file, at.start.line, at.start.column, code, message]);
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.at.file, b.at.file) ||
    a.at.start.line - b.at.start.line ||
    a.at.start.column - b.at.start.column ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

/** Orders texts by UTF-16 code units, so that an order is the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
