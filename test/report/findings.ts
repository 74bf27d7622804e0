// Findings for tests of reports: one with all a finding can have, one with a place of several lines, one with characters
// that formats have to escape.
import type { Diagnostic } from "../../src/model/diagnostic.ts";

export const unknownScope: Diagnostic = {
  code: "unknown-scope",
  severity: "error",
  message: 'role "clerk" uses "read:order", which API "orders" does not define',
  at: { file: "rbac/roles/clerk.yaml", start: { line: 3, column: 12 }, end: { line: 3, column: 22 } },
  related: [
    {
      message: "API here",
      at: { file: "rbac/apis/orders.yaml", start: { line: 1, column: 1 }, end: { line: 1, column: 5 } },
    },
  ],
  help: 'did you mean "read:orders"?',
};

export const longText: Diagnostic = {
  code: "limit-exceeded",
  severity: "warning",
  message: "description is long",
  at: { file: "rbac/roles/clerk.yaml", start: { line: 4, column: 14 }, end: { line: 7, column: 3 } },
};

export const hostile: Diagnostic = {
  code: "unexpected-file",
  severity: "error",
  message: "100% of\r\n::error::this, \u202Eright to left\u001B[31m",
  at: { file: "rbac/roles/a b, 50%:#?.yml", start: { line: 1, column: 1 }, end: { line: 1, column: 1 } },
};
