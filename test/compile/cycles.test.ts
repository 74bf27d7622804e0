import { describe, expect, it } from "vitest";
import { cyclesIn } from "../../src/compile/cycles.ts";
import { startOf } from "../../src/model/source.ts";

/** The cycles among things that name others, each as a text of its keys. */
const cycles = (named: Readonly<Record<string, string>>) =>
  cyclesIn(
    new Map(
      Object.entries(named).map(([key, others]) => [
        key,
        others.split(" ").map((value) => ({ value, at: startOf("a.yaml") })),
      ]),
    ),
  ).map((steps) => steps.map(({ key }) => key).join(" "));

describe("a cycle", () => {
  it.each([
    ["begins with the smallest key, wherever it was found", { a: "c", b: "c", c: "b" }, ["b c"]],
    ["is found once, however many lead into it", { a: "c", b: "c", c: "d", d: "c" }, ["c d"]],
    ["may be of one", { a: "a" }, ["a"]],
    ["is not made by two ways to one thing", { a: "b c", b: "d", c: "d", d: "nobody" }, []],
    ["is one of several that share a step", { a: "b", b: "a c", c: "b" }, ["a b", "b c"]],
  ])("%s", (_, named: Record<string, string>, expected) => {
    expect(cycles(named)).toEqual(expected);
  });
});
