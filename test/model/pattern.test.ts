import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesPattern } from "../../src/model/pattern.ts";

describe("patterns", () => {
  it.each([
    ["read:*", "read:orders", true],
    ["read:*", "read:", true],
    ["*:tickets", "read:tickets", true],
    ["*", "anything", true],
    ["r*:*s", "read:orders", true],
    ["read:orders", "read:orders", true],
    ["*orders", "orders:read", false],
    ["ab*ab", "ab", false],
    ["read:order", "read:orders", false],
    ["read.*", "read:orders", false],
    ["[a-z]*", "read", false],
  ])("%s against %s: %s", (pattern, name, expected) => {
    expect(matchesPattern(pattern, name)).toBe(expected);
  });

  it("match what the same pattern matches as a regular expression", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", ":"), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", ":", "*"), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (each, name) => {
        expect(matchesPattern(each, name)).toBe(new RegExp(`^${each.replaceAll("*", ".*")}$`).test(name));
      }),
      { numRuns: 2000 },
    );
  });

  it("with many stars are decided at once", () => {
    expect(matchesPattern("*a".repeat(1000), `${"a".repeat(999)}b`)).toBe(false);
  });
});
