import { describe, expect, it } from "vitest";
import { selectScopes } from "../../src/compile/select-scopes.ts";
import type { Located } from "../../src/model/source.ts";

const defined = new Map([["orders", new Map(["read:orders", "update:orders"].map((each) => [each, each]))]]);

/** The value at a column of its own. */
function at(column: number, value: string): Located<string> {
  const place = { line: 1, column };
  return { value, at: { file: "rbac/roles/clerk.yaml", start: place, end: place } };
}

/** What is taken of the API, with the columns of the texts that take it. */
function taken(api: string, ...scopes: readonly string[]) {
  const selection = { api: at(0, api), scopes: scopes.map((scope, index) => at(index + 1, scope)) };
  return selectScopes(selection, defined).map((each) => [each.value, each.at.start.column]);
}

describe("selected scopes", () => {
  it("stand at the first text that takes them", () => {
    expect(taken("orders", "read:*", "*", "update:orders")).toEqual([
      ["read:orders", 1],
      ["update:orders", 2],
    ]);
  });

  it("are those that are defined, of an API that is", () => {
    expect(taken("orders", "refund:orders", "x*")).toEqual([]);
    expect(taken("billing", "read:orders", "*")).toEqual([]);
  });
});
