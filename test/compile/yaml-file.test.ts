import { describe, expect, it } from "vitest";
import { collector } from "../../src/compile/report.ts";
import { readYaml, unreadFile } from "../../src/compile/yaml-file.ts";
import type { Span } from "../../src/model/source.ts";

function read(text: string) {
  const { report, diagnostics } = collector();
  return { file: readYaml({ path: "a.yaml", text }, report), diagnostics };
}

const text = "# a comment\na:\n  b: [c, d]\ne: f ${g}\n";
const { file = unreadFile("a.yaml") } = read(text);

describe("a place in a file", () => {
  it.each([
    ["the root", [], "a", "a"],
    ["a mapping", ["a"], "b: [c, d]", "a"],
    ["a list", ["a", "b"], "[c, d]", "b"],
    ["an item", ["a", "b", 1], "d", "d"],
    ["a text", ["e"], "f ${g}", "e"],
  ])("of %s is where it is written", (_, path, value, key) => {
    expect([file.has(path), file.textOf(file.at(path)), file.textOf(file.keyAt(path))]).toEqual([
      true,
      value,
      key,
    ]);
  });

  it.each([
    ["a key at the root", ["x"], "a"],
    ["a key in a mapping", ["a", "x"], "a"],
    ["a key in what is missing", ["a", "x", "y"], "a"],
    ["an item of a list", ["a", "b", 2], "b"],
    ["a key in a text", ["e", "x"], "e"],
  ])("of %s that is missing is the key around it", (_, path, key) => {
    expect([file.has(path), file.textOf(file.at(path)), file.textOf(file.keyAt(path))]).toEqual([
      false,
      key,
      key,
    ]);
  });

  it("within a text is so many characters on", () => {
    const at: Span = file.within(file.at(["e"]), 2, 4);
    expect([at, file.textOf(at)]).toEqual([
      { file: "a.yaml", start: { line: 4, column: 6 }, end: { line: 4, column: 10 } },
      "${g}",
    ]);
  });

  it("of a root that is no mapping is all of it", () => {
    expect(read("[a, b]\n").file?.keyAt([])).toEqual({
      file: "a.yaml",
      start: { line: 1, column: 1 },
      end: { line: 1, column: 7 },
    });
  });
});

describe("a file", () => {
  it("is read up to a million characters", () => {
    const lines = "a: b\n#".padEnd(1_000_000, "x");
    expect(read(lines).file?.value).toEqual({ a: "b" });
    const { file: longer, diagnostics } = read(`${lines}x`);
    expect(longer).toBeUndefined();
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ["limit-exceeded", "file is longer than 1000000 characters"],
    ]);
  });

  it("of which nothing could be read has everything at its start", () => {
    const unread = unreadFile("a.yaml");
    const start = { line: 1, column: 1 };
    const at = { file: "a.yaml", start, end: start };
    expect([unread.at(["a"]), unread.keyAt([]), unread.within(at, 3, 4)]).toEqual([at, at, at]);
    expect([unread.has([]), unread.textOf(at), unread.value]).toEqual([false, "", {}]);
  });
});
