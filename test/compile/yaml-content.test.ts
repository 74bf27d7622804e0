import { describe, expect, it } from "vitest";
import { readAnyYaml } from "../../src/compile/any-yaml.ts";
import type { Spot, Stretch } from "../../src/compile/content.ts";
import { collector } from "../../src/compile/report.ts";

/** What a text holds, where, and what is found in it; places as the text that stands there. */
function read(text: string) {
  const { report, diagnostics } = collector();
  const spanOf = ({ from, to }: Stretch) => ({
    file: "any.yaml",
    start: { line: 1, column: from },
    end: { line: 1, column: to },
  });
  const content = readAnyYaml({ path: "any.yaml", text }, spanOf, report);
  const textOf = ({ start, end }: ReturnType<typeof spanOf>) => text.slice(start.column, end.column);
  const found = diagnostics.map(({ code, message, at, related = [] }) => ({
    code,
    message,
    at: textOf(at),
    from: at.start.column,
    related: related.map((each) => `${each.message}: ${each.at.start.column}`),
  }));
  const placesOf = ({ key, children, ...stretch }: Spot): readonly string[] => [
    (key ? `${text.slice(key.from, key.to)}: ` : "") + text.slice(stretch.from, stretch.to),
    ...[...children.values()].flatMap(placesOf),
  ];
  return { value: content?.value, places: content ? placesOf(content.root) : [], found };
}

describe("places in YAML", () => {
  it.each([
    ["end with the last value, before comments", "a: b # c\n# d\n", ["a: b", "a: b"]],
    [
      "hold lists and mappings in block style from the first to the last value",
      "a:\n  - b\n  - c: d\n# e\nf: g\n",
      ["a:\n  - b\n  - c: d\n# e\nf: g", "a: - b\n  - c: d", "b", "c: d", "c: d", "f: g"],
    ],
    [
      "hold the brackets of flow style",
      "a: [b, { c: d }] # e\n",
      ["a: [b, { c: d }]", "a: [b, { c: d }]", "b", "{ c: d }", "c: d"],
    ],
    ["are after the key of a value that is missing", "a:\nb: c\n", ["a:\nb: c", "a: ", "b: c"]],
    ["hold the key where a value is missing altogether", "{ a, b: c }\n", ["{ a, b: c }", "a: a", "b: c"]],
    ["hold a list whose last item is empty", "- a\n-\n", ["- a\n-", "a", ""]],
  ])("%s", (_, text, places) => {
    expect(read(text)).toMatchObject({ places, found: [] });
  });
});

describe("values of YAML", () => {
  it("are texts, numbers, booleans, nulls, lists and mappings", () => {
    expect(read('{ a: "1", b: 1, c: 1.5, d: true, e: null, f: , g: [], 7: [{}] }').value).toEqual({
      a: "1",
      b: 1,
      c: 1.5,
      d: true,
      e: null,
      f: null,
      g: [],
      7: [{}],
    });
  });

  it("stand in for their aliases, the anchor nearest before each", () => {
    const { value, found } = read("a: &x [b]\nc: *x\nd: &x e\nf: [*x, *x]\n");
    expect([value, found]).toEqual([{ a: ["b"], c: ["b"], d: "e", f: ["e", "e"] }, []]);
  });
});

describe("a key", () => {
  it("that is written twice has its first value, and both places are named", () => {
    const { value, found } = read("a: 1\nb: 2\n'a': 3\n");
    expect(value).toEqual({ a: 1, b: 2 });
    expect(found).toEqual([
      {
        code: "duplicate-key",
        message: 'key "a" is written twice',
        at: "'a'",
        from: 10,
        related: ["first written here: 0"],
      },
    ]);
  });

  it("that means something to JavaScript is left out", () => {
    const { value, found } = read("a: 1\n__proto__: { b: 2 }\n");
    expect(value).toEqual({ a: 1 });
    expect(found).toMatchObject([{ code: "bad-key", at: "__proto__" }]);
  });
});

describe("a mistake in YAML", () => {
  it.each([
    ["an alias without an anchor", "a: [*b, *c]\n", "syntax", "*b"],
    ["an alias before its anchor", "a: *b\nc: &b d\n", "syntax", "*b"],
    ["an alias without an anchor after one that has its", "a: &b c\nd: *b\ne: *f\n", "syntax", "*f"],
    ["an alias within its own anchor", "a: &b { c: [*b] }\n", "syntax", "*b"],
    ["an alias to what holds a wrong one", "a: &b { c: [*d] }\ne: *b\n", "syntax", "*d"],
    ["a second document", "a: b\n---\nc: d\n", "syntax", "---\nc: d"],
    ["the first of two", 'a: "b\nc: [\n', "syntax", ""],
    ["a key that is a list", "? [a]\n: b\n", "syntax", "["],
    ["nothing", "", "empty-file", ""],
    ["a comment alone", "# a\n", "empty-file", ""],
    ["an empty text alone", "''\n", "empty-file", ""],
    ["a document mark alone", "---\n", "empty-file", ""],
  ])("is found once: %s", (_, text, code, at) => {
    const { value, found } = read(text);
    expect(value).toBeUndefined();
    expect(found).toMatchObject([{ code, at }]);
  });

  it("at the end of a file is shown after its last character", () => {
    expect(read("a: [b\n\n").found).toMatchObject([{ from: "a: [b".length }]);
  });
});

describe("nesting", () => {
  const nested = (depth: number, text = "") => "[".repeat(depth) + text + "]".repeat(depth);

  it.each([
    ["as deep as can be", nested(101), []],
    ["as deep as can be with a text in it", nested(100, "a"), []],
    ["too deep", nested(102), [101]],
    ["too deep by the text in it", nested(101, "a"), [101]],
    ["as deep as can be with an alias in it", `- &a ${nested(50)}\n- ${nested(50, "*a")}\n`, []],
    ["too deep by an alias", `- &a ${nested(50)}\n- ${nested(51, "*a")}\n`, [159]],
  ])("is bounded: %s", (_, text, places) => {
    expect(read(text).found.map(({ code, from }) => [code, from])).toEqual(
      places.map((from) => ["limit-exceeded", from]),
    );
  });

  it("that aliases of aliases make too deep is shown where the file itself has the alias", () => {
    const text = `- &a ${nested(50)}\n- &b ${nested(20, "*a")}\n- ${nested(40, "*b")}\n`;
    expect(read(text).found).toMatchObject([{ code: "limit-exceeded", at: "*b" }]);
  });
});
