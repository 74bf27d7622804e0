import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allTables } from "../hooks/tables/index.ts";
import { renderPage } from "./page.ts";

const docs = `${import.meta.dirname}/../../docs`;

describe("docs/parity.md", () => {
  it("shows the cases as they are: npm run parity", () => {
    const page = readFileSync(`${docs}/parity.md`, "utf8");
    expect(page).toBe(renderPage(allTables));
  });

  it("has a table for every policy in the box", () => {
    const page = readFileSync(`${docs}/policies.md`, "utf8");
    const box = Array.from(page.matchAll(/^\| \[`([\w-]+)`\]\(\.\.\/hooks\//gm), ([, policy]) => policy);
    expect([...new Set(allTables.map(({ policy }) => policy))].sort()).toEqual(box.sort());
  });
});
