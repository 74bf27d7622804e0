// What the fuzzer has found, each as the smallest input.
import { describe, expect, it } from "vitest";
import { parse } from "../../src/compile/index.ts";

function found(path: string, text: string) {
  return parse([{ path, text }]).diagnostics.map(({ code, at }) => [
    code,
    `${at.start.line}:${at.start.column}`,
  ]);
}

describe("bad input", () => {
  it("may hold mappings that JavaScript cannot make texts of", () => {
    expect(found("Pulumi.dev.yaml", "- toString: false\n")).toEqual([["wrong-type", "1:1"]]);
    expect(found("rbac/roles/clerk.yaml", "name: [{ toString: a }]\n")).toEqual([["wrong-type", "1:7"]]);
  });

  it("may have more findings than a call takes arguments", () => {
    const { diagnostics } = parse([{ path: "rbac/roles/clerk.yaml", text: "a: b\n".repeat(150_000) }]);
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(["duplicate-key", "unknown-key"]));
    expect(diagnostics.length).toBe(150_000);
  });
});
