import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allTables } from "../hooks/tables/index.ts";
import { renderPage } from "./page.ts";

describe("docs/parity.md", () => {
  it("shows the cases as they are: npm run parity", () => {
    const page = readFileSync(`${import.meta.dirname}/../../docs/parity.md`, "utf8");
    expect(page).toBe(renderPage(allTables));
  });

  it("has a table for every policy in the box", () => {
    const files = readdirSync(`${import.meta.dirname}/../../hooks`).filter((file) => file.endsWith(".ts"));
    const policies = files
      .map((file) => file.replace(/\.ts$/, ""))
      .filter((name) => !noPolicies.includes(name));
    expect([...new Set(allTables.map(({ policy }) => policy))].sort()).toEqual(policies.sort());
  });
});

const noPolicies = ["catalogue", "flows", "groups", "seller"];
