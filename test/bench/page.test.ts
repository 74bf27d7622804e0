import { describe, expect, it } from "vitest";
import { withSection } from "../../bench/page.ts";

describe("the page of benchmarks", () => {
  const page = "# Benchmarks\n\n## One\n\nold\n\n## Other\n\nkept\n";

  it("gets a section in the place of the one with its heading", () => {
    expect(withSection(page, "## One\n\nnew\n")).toBe("# Benchmarks\n\n## One\n\nnew\n\n## Other\n\nkept\n");
  });

  it("gets a section with another heading at its end", () => {
    expect(withSection(page, "## Third\n\nnew\n")).toBe(`${page}\n## Third\n\nnew\n`);
  });
});
