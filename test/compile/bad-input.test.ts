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

  it.each([
    ["keys that are written again and again", "a: b\n".repeat(100_001)],
    ["items", `[${"a, ".repeat(100_001)}]`],
  ])("has one finding if it holds too many %s", (_, text) => {
    expect(found("rbac/roles/clerk.yaml", text)).toEqual([["limit-exceeded", "1:1"]]);
  });
});
