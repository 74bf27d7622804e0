import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tokenizer } from "acorn";
import { describe, expect, it } from "vitest";

const text = readFileSync(`${import.meta.dirname}/../../index.ts`, "utf8");

describe("the program", () => {
  it("waits for nothing: a promise that never settles would make the engine delete everything", () => {
    const script = stripTypeScriptTypes(text);
    const tokens = [...tokenizer(script, { ecmaVersion: "latest", sourceType: "module" })];
    const words = tokens.map(({ start, end }) => script.slice(start, end));
    expect(words.filter((word) => ["await", "async", "Promise"].includes(word))).toEqual([]);
  });

  it("stays under sixty lines", () => {
    expect(text.split("\n").length).toBeLessThan(60);
  });
});
