import { describe, expect, it } from "vitest";
import { matrixOf } from "../../src/review/index.ts";
import { declared, officeFiles } from "../support/declared.ts";

const [billing, orders] = matrixOf(declared(officeFiles).model);

describe("the matrix", () => {
  it("has a column for each role and group that has a scope of the API", () => {
    expect(billing?.columns.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      "role accountant",
      "role director",
      "group auditors",
      "group finance",
    ]);
  });

  it("has a row for each scope in the order of the file, held or not", () => {
    expect(orders?.rows.map(({ value, risk }) => `${value} ${risk}`)).toEqual([
      "read:orders low",
      "update:orders medium",
      "refund:orders high",
      "archive:orders medium",
    ]);
    expect(orders?.rows.at(-1)?.cells.every((cell) => cell === undefined)).toBe(true);
  });

  it("takes what a role names itself for its own, though a role it includes names it too", () => {
    const lead = orders?.columns.findIndex(({ key }) => key === "lead") ?? -1;
    expect(orders?.rows.map(({ cells }) => cells[lead]?.inherited)).toEqual([false, true, false, undefined]);
  });

  it("has no columns for an API that nobody has anything of", () => {
    const [lonely] = matrixOf(
      declared({ "apis/lonely": "identifier: https://lonely.example.com/\nscopes: { read:it: See it }\n" })
        .model,
    );
    expect(lonely?.columns).toEqual([]);
    expect(lonely?.rows).toEqual([{ value: "read:it", risk: "low", cells: [] }]);
  });
});
