import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { staleFiles, writeGenerated } from "../../src/cli/generated-files.ts";
import { parse, readSources } from "../../src/compile/index.ts";
import { checkout } from "../bundle/checkout.ts";

const own = join(import.meta.dirname, "../..");
const { value: declarations } = parse(readSources(own).value);
const catalogue = "hooks/catalogue.ts";

describe("generated files", () => {
  it("are current in this checkout", () => {
    expect(staleFiles(own, declarations)).toEqual([]);
  });

  it("are stale when they are missing or changed, and current once they are written", () => {
    const root = checkout({});
    const written = readFileSync(join(root, catalogue), "utf8");
    for (const spoil of [
      () => rmSync(join(root, catalogue)),
      () => writeFileSync(join(root, catalogue), ""),
    ]) {
      spoil();
      expect(staleFiles(root, declarations)).toMatchObject([{ code: "stale-file", at: { file: catalogue } }]);
      expect(writeGenerated(root, declarations)).toEqual([catalogue]);
      expect(staleFiles(root, declarations)).toEqual([]);
      expect(readFileSync(join(root, catalogue), "utf8")).toBe(written);
    }
  });

  it("are not written again", () => {
    expect(writeGenerated(checkout({}), declarations)).toEqual([]);
  });
});
