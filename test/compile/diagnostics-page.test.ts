import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diagnosticCodes } from "../../src/model/diagnostic.ts";
import { root } from "../support/shipped.ts";

const page = readFileSync(join(root, "docs/diagnostics.md"), "utf8");

describe("the page of diagnostics", () => {
  it("has one full row for each code, in the order of the model", () => {
    const rows = page.split("\n").filter((line) => line.startsWith("| `"));
    expect(rows.map((row) => row.split("`")[1])).toEqual([...diagnosticCodes]);
    const cells = rows.map((row) => row.split(" | ").map((cell) => cell.trim()));
    expect(cells.filter((each) => each.length !== 4 || each.includes(""))).toEqual([]);
  });
});
