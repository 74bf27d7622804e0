import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { parse } from "acorn";
import { describe, expect, it } from "vitest";

const text = readFileSync(`${import.meta.dirname}/../../index.ts`, "utf8");

describe("the program", () => {
  it("has no await: a promise that never settles would make the engine delete everything", () => {
    const scripted = stripTypeScriptTypes(text)
      .replace(/^import .*$/gm, "")
      .replace(/^export /gm, "");
    // Read as a script, the language itself refuses an await outside of an async function.
    expect(() => parse(scripted, { ecmaVersion: "latest", sourceType: "script" })).not.toThrow();
    expect(scripted).not.toMatch(/\basync\b|\bnew Promise\b/);
  });

  it("stays under sixty lines", () => {
    expect(text.split("\n").length).toBeLessThan(60);
  });
});
