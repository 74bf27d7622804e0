import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { endpoints } from "../../../tenant/authentication/index.ts";
import {
  type OperationName,
  operations,
  type RequiredScopes,
} from "../../../tenant/management/operations.ts";

const page = readFileSync(join(import.meta.dirname, "../../../docs/tenant.md"), "utf8");

const code = (text: string) => `\`${text}\``;
const scopesIn = (scopes: RequiredScopes) =>
  "anyOf" in scopes ? scopes.anyOf.map(code).join(" or ") : scopes.allOf.map(code).join(" and ");

/** How many recorded requests there are of each operation; `npm run conformance` holds it to the recordings. */
const recorded = JSON.parse(
  readFileSync(join(import.meta.dirname, "recorded-requests.json"), "utf8"),
) as Readonly<Record<OperationName, number>>;

describe("docs/tenant.md", () => {
  it("has the table of operations as it is, with how many recorded requests speak for each", () => {
    const rows = (Object.keys(operations) as OperationName[]).map((name) => {
      const { method, path, scopes } = operations[name];
      const evidence = recorded[name] || "";
      return `| ${code(`${method} ${path}`)} | ${code(name)} | ${scopesIn(scopes)} | ${evidence} |`.replace(
        "|  |",
        "| |",
      );
    });
    const [, table] = page.split("| endpoint | operation | scopes | recorded |\n| --- | --- | --- | --- |\n");
    expect(table?.trimEnd().split("\n\n")[0]?.split("\n")).toEqual(rows);
  });

  it("counts the operations, and those of which there are recordings", () => {
    const counts = Object.values(recorded);
    expect(Object.keys(recorded)).toEqual(Object.keys(operations));
    expect(page).toContain(
      `${counts.length} operations, ${counts.filter((count) => count > 0).length} of them in recorded traffic`,
    );
  });

  it("has every endpoint of the Authentication API", () => {
    const [, section = ""] = page.split("\n## Authentication API\n");
    const [table = ""] = section.split("\n\n| feature |");
    expect(
      endpoints
        .map(({ path }) => path)
        .filter((path) => !table.includes(code(path)) && !table.includes(`${path}\``)),
    ).toEqual([]);
  });
});
