import { describe, expect, it } from "vitest";
import { compareText, type Diagnostic, hasErrors, sortDiagnostics } from "../../src/model/diagnostic.ts";
import { startOf } from "../../src/model/source.ts";

const warning: Diagnostic = {
  code: "unused-stage-value",
  severity: "warning",
  message: "stage value is used nowhere",
  at: startOf("Pulumi.yaml"),
};

function at(file: string, line: number, column: number): Diagnostic["at"] {
  const start = { line, column };
  return { file, start, end: start };
}

describe("findings", () => {
  it("keep everything from being applied if one of them is an error, not if all are warnings", () => {
    expect(hasErrors([])).toBe(false);
    expect(hasErrors([warning, warning])).toBe(false);
    expect(hasErrors([warning, { ...warning, severity: "error" }])).toBe(true);
  });

  it("are sorted by file, line and column as numbers, code and message", () => {
    const sorted: readonly Diagnostic[] = [
      { ...warning, at: at("a.yaml", 10, 9) },
      { ...warning, at: at("b.yaml", 2, 9) },
      { ...warning, at: at("b.yaml", 10, 2) },
      { ...warning, at: at("b.yaml", 10, 10), code: "bad-key", message: "b" },
      { ...warning, at: at("b.yaml", 10, 10), code: "bad-value", message: "a" },
      { ...warning, at: at("b.yaml", 10, 10), code: "bad-value", message: "b" },
    ];
    expect(sortDiagnostics(sorted.toReversed())).toEqual(sorted);
    expect(sortDiagnostics([...sorted.slice(3), ...sorted.slice(0, 3)])).toEqual(sorted);
  });

  it("stand there once if they are found twice, and not if they differ in code, message or place", () => {
    const alike: readonly Diagnostic[] = [
      warning,
      { ...warning, message: "stage value is used somewhere" },
      { ...warning, code: "bad-key" },
      { ...warning, at: at("Pulumi.yaml", 1, 2) },
      { ...warning, at: at("Pulumi.yaml", 2, 1) },
      { ...warning, at: at("Pulumi.dev.yaml", 1, 1) },
    ];
    expect(sortDiagnostics([...alike, ...alike])).toHaveLength(alike.length);
    expect(sortDiagnostics([warning, { ...warning }])).toEqual([warning]);
  });
});

describe("texts", () => {
  it("are ordered by their code units, capitals before small letters", () => {
    expect(["b", "a", "B", "ä", "a"].toSorted(compareText)).toEqual(["B", "a", "a", "b", "ä"]);
    expect(compareText("a", "a")).toBe(0);
  });
});
