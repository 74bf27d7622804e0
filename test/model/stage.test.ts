import { describe, expect, it } from "vitest";
import type { StageValueName, Template } from "../../src/model/names.ts";
import { fillTemplate, stageValuesIn } from "../../src/model/stage.ts";

const values = new Map([
  ["domain" as StageValueName, "example.com"],
  ["amount" as StageValueName, "$& ${domain}"],
]);
const filled = (text: string) => fillTemplate(text as Template, values);

describe("a template", () => {
  it("names its stage values in order, each time they stand there", () => {
    expect(stageValuesIn("https://${a}.${bc}/${a}")).toEqual([
      { name: "a", offset: 8, length: 4 },
      { name: "bc", offset: 13, length: 5 },
      { name: "a", offset: 19, length: 4 },
    ]);
    expect(stageValuesIn("$a {b} $ {c} ${d")).toEqual([]);
    expect(stageValuesIn("${}")).toEqual([{ name: "", offset: 0, length: 3 }]);
  });

  it("has every stage value put in as it is, once", () => {
    expect(filled("https://${domain}/${domain}")).toBe("https://example.com/example.com");
    expect(filled("costs ${amount}")).toBe("costs $& ${domain}");
  });

  it("is not filled if a value is missing", () => {
    expect(() => filled("${domain} ${region}")).toThrow('stage value "region" has no value');
  });
});
