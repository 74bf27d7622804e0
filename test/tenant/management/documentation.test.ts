import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { operations, type RequiredScopes } from "../../../tenant/management/operations.ts";

const page = readFileSync(join(import.meta.dirname, "../../../docs/tenant.md"), "utf8");

const code = (text: string) => `\`${text}\``;
const scopesIn = (scopes: RequiredScopes) =>
  "anyOf" in scopes ? scopes.anyOf.map(code).join(" or ") : scopes.allOf.map(code).join(" and ");

describe("docs/tenant.md", () => {
  it("has the table of operations as it is", () => {
    const rows = Object.entries(operations).map(
      ([name, { method, path, scopes }]) =>
        `| ${code(`${method} ${path}`)} | ${code(name)} | ${scopesIn(scopes)} |`,
    );
    const [, table] = page.split("| endpoint | operation | scopes |\n| --- | --- | --- |\n");
    expect(table?.split("\n\n")[0]?.split("\n")).toEqual(rows);
  });
});
