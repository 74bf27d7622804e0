import { describe, expect, it } from "vitest";
import { differenceOf } from "../../src/cli/line-difference.ts";

describe("the difference of a generated file", () => {
  it.each([
    ["a file that is not there", undefined, "a\n", 1, "there is no such file"],
    ["a line that is missing", "a\nc\n", "a\nb\nc\n", 2, 'it lacks "b"'],
    ["a line too much", "a\nb\nc\n", "a\nc\n", 2, 'it has "b" too much'],
    [
      "lines that changed",
      "a\nb\nc\n",
      "a\nx\ny\n",
      2,
      'it lacks "x" and 1 more line; it has "b" and 1 more line too much',
    ],
    ["a missing end", "a\n", "a\nb\nc\nd\n", 2, 'it lacks "b" and 2 more lines'],
    ["another order", "b\na\n", "a\nb\n", 1, "it has the right lines in a wrong order or number"],
    ["a line twice", "a\na\n", "a\n", 2, "it has the right lines in a wrong order or number"],
    ["other ends of lines", "a\r\n", "a\n", 1, 'it lacks "a"; it has "a" too much'],
  ])("names %s", (_, current, wanted, line, words) => {
    expect(differenceOf(current, wanted)).toEqual({ line, words });
  });

  it("shows of a long line the first hundred characters", () => {
    expect(differenceOf("", `${"x".repeat(101)}\n`).words).toBe(`it lacks "${"x".repeat(100)}…"`);
  });
});
