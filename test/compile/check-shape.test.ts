import { describe, expect, it } from "vitest";
import { z } from "zod";
import { checkShape } from "../../src/compile/check-shape.ts";
import { collector } from "../../src/compile/report.ts";
import { list, mapping, text } from "../../src/compile/shape-parts.ts";
import { readYaml } from "../../src/compile/yaml-file.ts";

const shape = mapping("a mapping with the keys of a thing", {
  kind: z.enum(["small", "large"]),
  note: text.optional(),
  name: text.optional(),
  items: list("a list of texts", text).optional(),
  inner: mapping("a mapping with x and y", {
    x: text,
    y: text.optional(),
    deep: mapping("a mapping with w", { w: text }).optional(),
  }).optional(),
  byName: z.record(z.string(), list("a list of texts", text)).optional(),
  many: list("a list of mappings", mapping("a mapping with name", { name: text })).optional(),
  flag: z.boolean().optional(),
  plain: z.string().optional(),
  anything: z.looseObject({}).optional(),
  count: z.number().optional(),
  either: z.union([text, list("a list of texts", text)], { error: "a text or some" }).optional(),
});

/** What is left of the text if it stands in for a kind that is missing, and what is found in it. */
function checked(written: string) {
  const { report, diagnostics } = collector();
  const file = readYaml({ path: "thing.yaml", text: written }, report);
  if (!file) throw new Error("the text is no YAML");
  const kept = checkShape(shape, file, "the thing", { kind: "small" }, report);
  const found = diagnostics.map(
    ({ code, at: { start }, message }) => `${start.line}:${start.column} ${code} ${message}`,
  );
  return { kept, found, help: diagnostics.map(({ help }) => help) };
}

describe("of a file of which a part is wrong", () => {
  it.each([
    ["all that is right stays", "kind: large\nnote: a\nitems: [a]\n", { note: "a", items: ["a"] }],
    ["a wrong value goes, its neighbours stay", "kind: large\nnote: 1\nitems: [a]\n", { items: ["a"] }],
    ["an unknown key goes", "kind: large\nnot: a\nitems: [a]\n", { items: ["a"] }],
    ["a list goes whole", "kind: large\nnote: a\nitems: [a, 1]\n", { note: "a" }],
    ["a list goes whole if keys in it are unknown", "kind: large\nmany: [{ name: a, nam: b }]\n", {}],
    [
      "a wrong value in a mapping goes, its neighbours stay",
      "kind: large\ninner: { x: a, y: 1 }\n",
      { inner: { x: "a" } },
    ],
    [
      "an unknown key in a mapping goes, its neighbours stay",
      "kind: large\ninner: { x: a, z: 1 }\n",
      { inner: { x: "a" } },
    ],
    ["a mapping goes without what it must have", "kind: large\ninner: { y: a }\nnote: b\n", { note: "b" }],
    [
      "a mapping goes without what it must have, the one around it stays",
      "kind: large\ninner: { x: a, deep: {} }\n",
      { inner: { x: "a" } },
    ],
    ["a mapping goes with what is wrong of what it must have", "kind: large\ninner: { x: 1, y: a }\n", {}],
    [
      "of what stands under names the wrong goes",
      "kind: large\nbyName: { a: [b], c: 1, d: [2] }\n",
      { byName: { a: ["b"] } },
    ],
  ])("%s", (_, written, rest) => {
    expect(checked(written).kept).toEqual({ kind: "large", ...rest });
  });

  it.each([
    ["wrong", "kind: middle\nnote: a\n", { note: "a" }],
    ["missing", "note: a\n", { note: "a" }],
    ["in a list", "- kind: large\n", {}],
    ["in a text", "large\n", {}],
  ])("what it must have is stood in for if it is %s", (_, written, rest) => {
    expect(checked(written).kept).toEqual({ kind: "small", ...rest });
  });
});

describe("what is wrong in a file", () => {
  it.each([
    ["kind: large\n", []],
    ["- kind: large\n", ["1:1 wrong-type expected a mapping with the keys of a thing, found a list"]],
    ["note: a\n", ['1:1 missing-key the thing has no "kind"']],
    ["kind: middle\n", ['1:7 bad-value expected one of "small", "large" under "kind", found text "middle"']],
    ["kind: [large]\n", ['1:7 wrong-type expected one of "small", "large" under "kind", found a list']],
    ["kind: large\nnote: 1\n", ['2:7 wrong-type expected text under "note", found number 1']],
    ["kind: large\nnote: ' '\n", ['2:7 bad-value "note" is empty']],
    ["kind: large\nitems: a\n", ['2:8 wrong-type expected a list of texts under "items", found text "a"']],
    ["kind: large\nitems: [a, true]\n", ['2:12 wrong-type expected text in "items", found true']],
    ["kind: large\nflag: 1\n", ['2:7 wrong-type expected true or false under "flag", found number 1']],
    ["kind: large\nplain: 1\n", ['2:8 wrong-type expected text under "plain", found number 1']],
    ["kind: large\nanything: 1\n", ['2:11 wrong-type expected a mapping under "anything", found number 1']],
    ["kind: large\ncount: a\n", ['2:8 wrong-type expected number under "count", found text "a"']],
    ["kind: large\neither: 1\n", ['2:9 wrong-type expected a text or some under "either", found number 1']],
    ["kind: large\neither: ''\n", ['2:9 bad-value "either" is empty']],
    ["kind: large\neither: [a, 1]\n", ['2:13 wrong-type expected text in "either", found number 1']],
    [
      "kid: large\nkind: 1\n",
      [
        '1:1 unknown-key the thing has the unknown key "kid"',
        '2:7 wrong-type expected one of "small", "large" under "kind", found number 1',
      ],
    ],
    [
      "kid: large\ncolour: red\n",
      [
        '1:1 unknown-key the thing has the unknown key "kid"',
        '2:1 unknown-key the thing has the unknown key "colour"',
      ],
    ],
    [
      "kind: large\ninner: { knd: a, y: b }\nmany: [{ nam: a }, { no: b }]\n",
      [
        '2:1 missing-key "inner" of the thing has no "x"',
        '2:10 unknown-key "inner" of the thing has the unknown key "knd"',
        '3:10 unknown-key entry 1 of "many" of the thing has the unknown key "nam"',
        '3:20 missing-key entry 2 of "many" of the thing has no "name"',
        '3:22 unknown-key entry 2 of "many" of the thing has the unknown key "no"',
      ],
    ],
    [
      "kind: large\nnam: a\nmany: [{}]\n",
      [
        '2:1 unknown-key the thing has the unknown key "nam"',
        '3:8 missing-key entry 1 of "many" of the thing has no "name"',
      ],
    ],
    ["kind: large\nbyName: a\n", ['2:9 wrong-type expected a mapping under "byName", found text "a"']],
    ["kind: large\nbyName: { a: [1] }\n", ['2:15 wrong-type expected text in "a", found number 1']],
    ["kind: large\ninner: { y: a }\n", ['2:1 missing-key "inner" of the thing has no "x"']],
    [
      "kind: large\nmany: [{ name: a }, { nam: b, no: c }]\n",
      [
        '2:23 unknown-key entry 2 of "many" of the thing has the unknown key "nam"',
        '2:31 unknown-key entry 2 of "many" of the thing has the unknown key "no"',
      ],
    ],
    ["kind: large\nmany: [{}]\n", ['2:8 missing-key entry 1 of "many" of the thing has no "name"']],
    ["kid: large\n", ['1:1 unknown-key the thing has the unknown key "kid"']],
    [
      "colour: red\n",
      ['1:1 missing-key the thing has no "kind"', '1:1 unknown-key the thing has the unknown key "colour"'],
    ],
    [
      "kid: large\ninner: { y: a }\n",
      [
        '2:1 missing-key "inner" of the thing has no "x"',
        '1:1 unknown-key the thing has the unknown key "kid"',
      ],
    ],
  ])("is named with its place: %j", (written, found) => {
    expect(checked(written).found.toSorted()).toEqual(found.toSorted());
  });

  it.each([
    ["kind: lage\n", 'did you mean "large"?'],
    ["kind: middle\n", undefined],
    ["kid: large\n", 'did you mean "kind"?'],
    [
      "kind: large\ncolour: red\n",
      'known are "kind", "note", "name", "items", "inner", "byName", "many", "flag", "plain", "anything", "count", "either"',
    ],
    ["kind: large\ninner: { x: a, colour: b }\n", 'known are "x", "y", "deep"'],
  ])("comes with what was meant if that can be guessed: %j", (written, help) => {
    expect(checked(written).help).toEqual([help]);
  });
});
