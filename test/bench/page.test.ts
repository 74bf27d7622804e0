import { describe, expect, it } from "vitest";
import { dryRunPart, withSection } from "../../bench/page.ts";
import { dryRunTableOf } from "../../bench/table.ts";

describe("the page of benchmarks", () => {
  const page = "# Benchmarks\n\n## One\n\nold\n\n## Other\n\nkept\n";

  it("gets a section in the place of the one with its heading", () => {
    expect(withSection(page, "## One\n\nnew\n")).toBe("# Benchmarks\n\n## One\n\nnew\n\n## Other\n\nkept\n");
  });

  it("gets a section with another heading at its end", () => {
    expect(withSection(page, "## Third\n\nnew\n")).toBe(`${page}\n## Third\n\nnew\n`);
  });

  it("sets a dry run beside the fastest check of the same estate", () => {
    const size = {
      name: "small",
      apis: 3,
      roles: 5,
      permissionsPerRole: 20,
      groups: 3,
      clients: 3,
      grants: 5,
    };
    const check = { milliseconds: [400, 500], processor: [390, 400], mebibytes: [100, 110] };
    const estate = { files: new Map(), permissions: 100, bytes: 9000 };
    const run = { milliseconds: 20_000, processor: 15_000.4, mebibytes: 2000.2, output: "" };
    const table = dryRunTableOf(
      [{ size, ...run, untilFirstCall: 12_000, calls: 13 }],
      [{ size, estate, check, parseOnly: check }],
    );
    expect(table.split("\n")[2]).toBe(
      "| `a0deploy import --dry-run`, small | 20000 | 12000 | 13 | 15000 | 2000 | 50 |",
    );
    expect(dryRunPart(table)).toContain(table);
  });
});
