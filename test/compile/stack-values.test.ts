import { describe, expect, it } from "vitest";
import { parse } from "../../src/compile/index.ts";
import { valuesOfStack } from "../../src/compile/stack-values.ts";

/** The plain values of a stack whose file and project hold these lines under `config:`. */
function valuesOf(project: readonly string[], stack: readonly string[]) {
  const text = (lines: readonly string[]) => `config:\n${lines.map((line) => `  ${line}\n`).join("")}`;
  const { value } = parse([
    { path: "Pulumi.yaml", text: `name: shop\n${text(project)}` },
    { path: "Pulumi.dev.yaml", text: text(stack) },
  ]);
  return value.stacks.map((each) => Object.fromEntries(valuesOfStack(each, value.stageValues)));
}

describe("the plain stage values of a stack", () => {
  it("are what its file gives, else the defaults, as texts", () => {
    const project = ["domain: { type: string }", "region: eu", "floors: { default: 3 }", "open: true"];
    expect(valuesOf(project, ["shop:domain: example.com", "shop:floors: 4"])).toEqual([
      { domain: "example.com", region: "eu", floors: "4", open: "true" },
    ]);
  });

  it("are none that are encrypted, whatever their default, and none that nobody gives", () => {
    const project = ["domain: { type: string }", "key: { secret: true, default: none }"];
    expect(valuesOf(project, ["shop:key: { secure: v1:AAAA }"])).toEqual([{}]);
  });
});
