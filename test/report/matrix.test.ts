// `npx vitest run test/report -u` writes the goldens anew.
import { describe, expect, it } from "vitest";
import { displayWidth } from "../../src/report/display.ts";
import { matrixJson } from "../../src/report/matrix/json.ts";
import { matrixMarkdown } from "../../src/report/matrix/markdown.ts";
import { matrixSvg } from "../../src/report/matrix/svg.ts";
import { matrixText } from "../../src/report/matrix/text.ts";
import { matrixOf } from "../../src/review/index.ts";
import { declared, officeFiles } from "../support/declared.ts";
import { api, model, role } from "../support/models.ts";

const office = matrixOf(declared(officeFiles).model);

/** An API of which many roles of long names have something. */
const wide = matrixOf(
  model({
    apis: [api("orders", ["read:orders", `read:${"very-".repeat(20)}long`])],
    roles: Array.from({ length: 40 }, (_, index) =>
      role(`regional-manager-${String(index).padStart(2, "0")}`, ["orders/read:orders"]),
    ),
  }),
);

describe("the matrix in a terminal", () => {
  it("has the names of roles and groups in steps above their columns", async () => {
    await expect(matrixText(office)).toMatchFileSnapshot("goldens/matrix.txt");
  });

  it("goes on below where roles do not fit beside each other, and never takes more than 80 columns", async () => {
    const text = matrixText(wide);
    await expect(text).toMatchFileSnapshot("goldens/wide-matrix.txt");
    expect(Math.max(...text.split("\n").map(displayWidth))).toBeLessThanOrEqual(80);
  });

  it("says of an API without scopes, and of one that nobody has anything of, that it is so", () => {
    const text = matrixText(matrixOf(model({ apis: [api("a", []), api("b", ["read:it"])] })));
    expect(text).toBe(`a  a, https://a.\${domain}/

no scopes

b  b, https://b.\${domain}/

read:it  nobody
`);
  });

  it("is empty without APIs", () => {
    expect(matrixText([])).toBe("");
  });
});

describe("the matrix as Markdown", () => {
  it("is a table for each API", async () => {
    await expect(matrixMarkdown(office)).toMatchFileSnapshot("goldens/matrix.md");
  });

  it("is several tables where many roles have scopes of one API", () => {
    const heads = matrixMarkdown(wide)
      .split("\n")
      .filter((line) => line.startsWith("| scope "));
    expect(heads.map((line) => line.split(" | ").length - 2)).toEqual([12, 12, 12, 4]);
  });

  it("means what scopes say, whatever they hold", () => {
    const markdown = matrixMarkdown(matrixOf(model({ apis: [api("a", ["read:a|b`<i>"])] })));
    expect(markdown).toContain("| <code>read:a&#124;b&#96;&#60;i&#62;</code> | low |");
  });
});

describe("the matrix as a picture", () => {
  it("is an SVG document that needs nothing else", async () => {
    await expect(matrixSvg(office)).toMatchFileSnapshot("goldens/matrix.svg");
  });

  it("says of each mark whose it is and what it means", () => {
    expect(matrixSvg(office)).toContain(
      "<title>director, read:orders: by a role it includes, or a group around it</title>",
    );
  });

  it("cuts a scope that would make it as wide as a wall", () => {
    expect(matrixSvg(wide)).toMatch(/<text class="plain"[^>]*>read:(very-)+[very-]*…<\/text>/);
  });

  it("holds no markup that comes from scopes and names", () => {
    const svg = matrixSvg(matrixOf(model({ apis: [api("a", ['read:<script>"&'])] })));
    expect(svg).toContain("read:&#60;script&#62;&#34;&#38;");
    expect(svg).not.toContain("<script");
  });
});

describe("the matrix as JSON", () => {
  it("is a versioned document with the holders of each scope", async () => {
    const [billing] = office;
    await expect(matrixJson(billing ? [billing] : [])).toMatchFileSnapshot("goldens/matrix.json.txt");
  });
});
