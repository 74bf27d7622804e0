import { describe, expect, it } from "vitest";
import { found, listed, quote, suggest, suggestNearest } from "../../src/compile/wording.ts";

const names = (count: number) => Array.from({ length: count }, (_, index) => `name-${index}-of-many`);
const orders = {
  value: "orders",
  at: { file: "a.yaml", start: { line: 2, column: 3 }, end: { line: 2, column: 9 } },
};

describe("a text in a message", () => {
  it("is quoted as it is, up to sixty characters", () => {
    expect(quote("")).toBe('""');
    expect(quote("x".repeat(60))).toBe(`"${"x".repeat(60)}"`);
    expect(quote("x".repeat(61))).toBe(`"${"x".repeat(60)}…"`);
    expect(listed(["a", "b"])).toBe('"a", "b"');
  });
});

describe("a value in a message", () => {
  it.each([
    ['text "a"', "a"],
    ["number 1.5", 1.5],
    ["number 7", 7n],
    ["false", false],
    ["nothing", null],
    ["a list", []],
    ["a mapping", {}],
  ])("is shown as %s", (words, value) => {
    expect(found(value)).toBe(words);
  });
});

describe("the way out after an unknown name", () => {
  it.each([
    ["is the nearest of those there are", "order", ["bills", "orders"], 'did you mean "orders"?'],
    ["has its place, if that is known", "order", [orders], 'did you mean "orders"? (a.yaml:2:3)'],
    ["is all there are if none is near", "x", ["orders", "bills"], 'known are "orders", "bills"'],
    ["names places of none of several", "x", [orders], 'known are "orders"'],
    ["is all of twelve", "x", names(12), `known are ${listed(names(12))}`],
    ["is none of thirteen", "x", names(13), undefined],
    ["is none if there are none", "x", [], undefined],
  ])("%s", (_, name, known, help) => {
    expect(suggest(name, known).help).toBe(help);
  });

  it("is the nearest or nothing where the message lists them", () => {
    expect(suggestNearest("order", ["orders"])).toEqual({ help: 'did you mean "orders"?' });
    expect(suggestNearest("x", ["orders"])).toEqual({});
  });
});
