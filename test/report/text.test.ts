import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import type { Span } from "../../src/model/source.ts";
import { formatDiagnostics } from "../../src/report/text.ts";

const file = "rbac/roles/clerk.yaml";

function span(line: number, from: number, to: number, endLine = line): Span {
  return { file, start: { line, column: from }, end: { line: endLine, column: to } };
}

function report(text: string, at: Span, differing: Partial<Diagnostic> = {}): string {
  const diagnostic: Diagnostic = {
    code: "unknown-scope",
    severity: "error",
    message: "what is wrong",
    at,
    ...differing,
  };
  return formatDiagnostics([diagnostic], [{ path: file, text }], { color: false });
}

describe("the text report", () => {
  it("shows place, code, message, the line with carets, other places and the way out", () => {
    const related = [{ message: "role here", at: span(1, 1, 5) }];
    expect(
      report("name: x\npermissions:\n  orders: [read:order]\n", span(3, 12, 22), {
        related,
        help: "did you mean this?",
      }),
    ).toBe(`rbac/roles/clerk.yaml:3:12 error unknown-scope: what is wrong
    3 |   orders: [read:order]
      |            ^^^^^^^^^^
see: rbac/roles/clerk.yaml:1:1 role here
help: did you mean this?`);
  });

  it("does not repeat another place that the message names", () => {
    const related = [{ message: "role here", at: span(1, 1, 5) }];
    expect(report("name: x", span(1, 7, 8), { message: `a clash (${file}:1:1)`, related })).not.toContain(
      "see:",
    );
  });

  it("puts carets under what is meant after tabs, wide characters and combined ones", () => {
    const carets = (line: string, from: number, to: number) =>
      report(line, span(1, from, to))
        .split("\n")
        .slice(1);
    expect(carets("a:\tbcd", 4, 7)).toEqual(["    1 | a: bcd", "      |    ^^^"]);
    expect(carets("漢字: ab", 5, 7)).toEqual(["    1 | 漢字: ab", "      |       ^^"]);
    expect(carets("e\u0301👩‍👩‍👧 x", 12, 13)).toEqual(["    1 | e\u0301👩‍👩‍👧 x", "      |     ^"]);
    expect(carets("k: 漢字", 4, 6)).toEqual(["    1 | k: 漢字", "      |    ^^^^"]);
  });

  it("cuts long lines around the column", () => {
    const line = `${"a".repeat(300)}HERE${"b".repeat(300)}`;
    const [, shown = "", carets = ""] = report(line, span(1, 301, 305)).split("\n");
    expect(shown).toBe(`    1 | …${"a".repeat(60)}HERE${"b".repeat(36)}…`);
    expect(carets.indexOf("^")).toBe(shown.indexOf("HERE"));
    expect(carets.trimEnd().slice(carets.indexOf("^"))).toBe("^^^^");
  });

  it("ends the carets with the first line of a place that goes on", () => {
    expect(report("a: >-\n  text\n", span(1, 4, 3, 2))).toContain("      |    ^^");
  });

  it("shows one caret where something is missing", () => {
    expect(report("name:", span(1, 6, 6))).toContain("    1 | name:\n      |      ^");
  });

  it("shows no line for a file as a whole, for one that may hold a secret and for unknown files", () => {
    const lines = (text: string) => text.split("\n").length;
    expect(lines(report("name: x", span(1, 1, 1)))).toBe(1);
    expect(lines(report("key: hunter2", span(1, 1, 4), { conceal: true }))).toBe(1);
    expect(lines(report("name: x", { ...span(1, 1, 4), file: "other.yaml" }))).toBe(1);
    expect(lines(report("name: x", span(9, 1, 4)))).toBe(1);
  });

  it("shows no characters that control a terminal or turn the direction of writing round", () => {
    const text = report("a: \u001B[31m\u202Ex", span(1, 1, 2), { message: "found \u001B]0;\u0007 \u2066" });
    expect(["\u001B", "\u0007", "\u202E", "\u2066"].filter((each) => text.includes(each))).toEqual([]);
  });

  it("is coloured only if asked", () => {
    const diagnostic: Diagnostic = { code: "syntax", severity: "warning", message: "m", at: span(1, 1, 2) };
    const sources = [{ path: file, text: "x" }];
    expect(formatDiagnostics([diagnostic], sources, { color: true })).toContain("\u001B[33m");
    expect(formatDiagnostics([diagnostic], sources, { color: false })).not.toContain("\u001B");
  });

  it("is empty if nothing is found", () => {
    expect(formatDiagnostics([], [], { color: true })).toBe("");
  });
});
