import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPage, wrap } from "../../src/cli/page.ts";

describe("wrapping", () => {
  it("keeps every word in its order", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 80 }), (text, columns) => {
        expect(wrap(text, columns).join(" ")).toBe(text);
      }),
    );
  });

  it("goes over the width only where a word is longer than that", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 80 }), (text, columns) => {
        for (const line of wrap(text, columns))
          expect(line.length <= columns || !line.includes(" ")).toBe(true);
      }),
    );
  });
});

describe("the page", () => {
  const printed = (color: boolean) => {
    let text = "";
    const page = createPage((part) => {
      text += part;
    }, color);
    page.title("Title");
    page.step("A step", "its detail");
    page.line("label", "word ".repeat(30).trim());
    page.row("https://claims.example.test/roles", '["Customer"]');
    return text;
  };

  it("stays within 80 columns", () => {
    for (const line of printed(false).split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("is plain without colour, and says the same with it", () => {
    const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");
    expect(printed(false)).not.toMatch(escapes);
    expect(printed(true)).toMatch(escapes);
    expect(printed(true).replace(escapes, "")).toBe(printed(false));
  });
});
