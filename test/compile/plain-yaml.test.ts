import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAnyYaml } from "../../src/compile/any-yaml.ts";
import type { Content, Spot } from "../../src/compile/content.ts";
import { readPlainYaml } from "../../src/compile/plain-yaml.ts";
import { startOf } from "../../src/model/source.ts";
import { shippedSources } from "../support/shipped.ts";

/** What the library reads, "refused" if it finds anything wrong. */
function readByLibrary(text: string): Content | "refused" {
  let isRefused = false;
  const refuse = () => {
    isRefused = true;
  };
  const content = readAnyYaml({ path: "any.yaml", text }, () => startOf("any.yaml"), refuse);
  return content && !isRefused ? content : "refused";
}

/** The content as text, with keys and places in their order. */
function shown({ value, root }: Content): string {
  const tree = ({ from, to, key, children }: Spot): unknown => [
    from,
    to,
    key?.from,
    key?.to,
    [...children].map(([name, child]) => [name, tree(child)]),
  ];
  return JSON.stringify([value, tree(root)]);
}

function isReadPlainly(text: string): boolean {
  return readPlainYaml(text) !== undefined;
}

/** True if the text is not plain, or the library reads it just so. */
function isReadAsByLibrary(text: string): boolean {
  const plain = readPlainYaml(text);
  if (!plain) return true;
  const full = readByLibrary(text);
  return full !== "refused" && shown(plain) === shown(full);
}

/** Lines and parts of lines that come close to what is plain, on either side. */
const parts = [
  ..."abAZ059:-#?[]{},&*!|>'\"%@`~$/().+_=\\ éжע",
  ...[
    "\n",
    "\n",
    "\n  ",
    "\n    ",
    "\n- ",
    "\n  - ",
    ": ",
    ": ",
    " #",
    ", ",
    "--- ",
    "...",
    "''",
    '""',
    "  ",
  ],
  ...[
    "true",
    "null",
    "False",
    "0x1f",
    "1e3",
    "1.5",
    "007",
    "2026-01-01",
    "12",
    "-1",
    "<<",
    "__proto__",
    "\t",
  ],
  ...["name: A\n", "a:\n  b: c\n", "c: [x, y]\n", "d:\n  - x\n  - 'y z'\n", "# note\n", "\n\n", '"k": v\n'],
];

const madeText = fc.array(fc.constantFrom(...parts), { maxLength: 14 }).map((each) => each.join(""));

/** Lines that follow one another well more often than not. */
const wholeLine = fc
  .tuple(
    fc.constantFrom("", "", "", "  ", "  ", "    ", " "),
    fc.constantFrom("a:", "b:", "c-d:", "e:f:", '"g h":', "'i':", "true:", "- ", "-   ", "# ", "", "k: l"),
    fc.constantFrom(
      "",
      "",
      " m",
      " 'n: o'",
      ' "p # q"',
      " r s",
      " [t, 'u']",
      " [v:w]",
      " 7",
      " null",
      " x:y",
    ),
    fc.constantFrom("", "", "", "  ", " # z", "#"),
  )
  .map((each) => `${each.join("")}\n`);
const wholeLines = fc.array(wholeLine, { minLength: 1, maxLength: 6 }).map((each) => each.join(""));

const shipped = shippedSources().filter(({ path }) => path.endsWith(".yaml"));
const mutatedText = fc
  .record({ file: fc.constantFrom(...shipped), at: fc.nat(), removed: fc.nat({ max: 6 }), added: madeText })
  .map(({ file: { text }, at, removed, added }) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + added + text.slice(from + removed);
  });

describe("plain YAML", () => {
  it("is what almost all of the example estate is written in", () => {
    const plain = shipped.filter(({ text }) => isReadPlainly(text));
    expect(plain.length / shipped.length).toBeGreaterThan(0.9);
  });

  it.each([
    ["words and numbers", "a: true\nb: false\nc: null\nd: 0\ne: 1200\nf: 1h\ng: 2026-01-01\n"],
    ["texts with punctuation", 'a: It\'s "so", (and) {so}; a:b c#d\nb: ${x}/y # not this\n'],
    ["texts in quotes", "a: 'x: # y'\n\"b c\": \"[z]\" # z\n'd': ''\n"],
    ["lists", "a: [x, 'y', \"*:z\", read:*]\nb:\n  - x y\n  # z\n\n  - 'z'\nc:\n- x\nd: e"],
    ["mappings in mappings", "# top\n\na:\n  b:\n      c: d\n      e: [f]\n  read:x: g\n\n# end"],
    ["other alphabets", "a: Grüße\nb: Привет\nc: 漢字\n"],
  ])("covers %s", (_, text) => {
    expect(isReadPlainly(text)).toBe(true);
    expect(isReadAsByLibrary(text)).toBe(true);
  });

  it.each([
    ["nothing", ""],
    ["a text alone", "a\n"],
    ["a list alone", "- a\n"],
    ["a key without a value", "a:\nb: c\n"],
    ["a key that is written twice", "a: b\na: c\n"],
    ["a key that means something to JavaScript", '"__proto__": a\n'],
    ["a key that YAML finds too long", `${"k".repeat(1024)}: a\n`],
    ["a mapping in one line", "a: { b: c }\n"],
    ["a list in a list", "a: [[b]]\n"],
    ["an empty list", "a: []\n"],
    ["a comma too many", "a: [b, ]\n"],
    ["mappings in a list", "a:\n  - b: c\n"],
    ["an escape", 'a: "\\u0041"\n'],
    ["a quote in quotes", "a: 'it''s'\n"],
    ["a text that goes on", "a: b\n  c\n"],
    ["a text that a reader may take for a mapping", "a: b: c\n"],
    ["an anchor", "a: &b c\n"],
    ["an alias", "a: *b\n"],
    ["a tag", "a: !b c\n"],
    ["a block of text", "a: |\n  b\n"],
    ["another document", "a: b\n---\na: c\n"],
    ["a tab", "a:\tb\n"],
    ["a carriage return", "a: b\r\n"],
    ["a byte order mark", "\uFEFFa: b\n"],
    ["text from right to left", "a: \u202Eb\n"],
    ["numbers of a special form", "a: 0x1f\n"],
    ["numbers with a sign", "a: -1\n"],
    ["numbers too large to be exact", "a: 12345678901234567890\n"],
    ["words spelt otherwise", "a: True\n"],
    ["an indentation that fits nothing", "a:\n    b: c\n  d: e\n"],
    ["an indentation at the start", "  a: b\n"],
    ["a comment too close", "a: 'b'#c\n"],
    [
      "mappings deeper than anybody writes",
      Array.from({ length: 30 }, (_, n) => `${" ".repeat(n)}a:`).join("\n"),
    ],
  ])("does not cover %s", (_, text) => {
    expect(isReadPlainly(text)).toBe(false);
  });

  it("is read as the yaml library reads it, places included", () => {
    const runs = Number(process.env.RUNS ?? 2000);
    fc.assert(fc.property(fc.oneof(madeText, wholeLines, mutatedText), isReadAsByLibrary), { numRuns: runs });
  });
});
