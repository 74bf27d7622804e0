import { describe, expect, it } from "vitest";
import { loadFlows } from "../../src/bundle/index.ts";
import { checkout } from "./checkout.ts";
import { ownPolicy, policyWith } from "./findings.ts";

const installed = (name: string, version: string) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version }),
});

const inPolicy = (dependencies: string, files: Readonly<Record<string, string>> = {}) =>
  loadFlows(checkout(ownPolicy(policyWith(`dependencies: { ${dependencies} },`), files)));

describe("dependencies of a policy", () => {
  it.each([
    ['ms: "2.1.3"', "ms", "2.1.3"],
    ['"@acme/ids": "1.0.0-beta.2"', "@acme/ids", "1.0.0-beta.2"],
    ['"lodash.get": "4.4.2"', "lodash.get", "4.4.2"],
  ])("are packages that are installed: %s", (text, name, version) => {
    const { value, diagnostics } = inPolicy(text, installed(name, version));
    expect(diagnostics).toEqual([]);
    expect(value.flows[0]?.steps[0]?.dependencies).toEqual([{ name, version }]);
  });

  it.each([
    [
      'ms: "^2.1.0"',
      'depends on "ms", in the version "^2.1.0", which is not exact',
      'write "2.1.3", which is installed',
    ],
    [
      'ms: "latest"',
      'depends on "ms", in the version "latest", which is not exact',
      'write "2.1.3", which is installed',
    ],
    [
      'ms: "2.1"',
      'depends on "ms", in the version "2.1", which is not exact',
      'write "2.1.3", which is installed',
    ],
    [
      'ms: "2.1.2"',
      'depends on "ms", in the version "2.1.2", and "2.1.3" is installed here',
      "npm i -DE ms@2.1.2",
    ],
    [
      'ns: "2.1.3"',
      'depends on "ns", which is not installed here: tests and the local tenant run it',
      "npm i -DE ns@2.1.3",
    ],
    ['ns: "*"', 'depends on "ns", in the version "*", which is not exact', 'write one such as "1.2.3"'],
    [
      'https: "1.0.0"',
      'depends on "https", which is a module of Node and always there',
      "take it out of `dependencies`",
    ],
    [
      '"node:fs": "1.0.0"',
      'depends on "node:fs", which is a module of Node and always there',
      "take it out of `dependencies`",
    ],
    [
      '"../ms": "2.1.3"',
      'depends on "../ms", which no package of npm can be called',
      'write its name as npm has it, such as "ms"',
    ],
    [
      'MS: "2.1.3"',
      'depends on "MS", which no package of npm can be called',
      'write its name as npm has it, such as "ms"',
    ],
  ])("are refused: %s", (text, fact, help) => {
    expect(inPolicy(text, installed("ms", "2.1.3")).diagnostics).toMatchObject([
      {
        code: "policy-dependency",
        message: `policy "own" ${fact}`,
        help,
        at: { file: "hooks/own.ts", start: { line: 4, column: 19 }, end: { column: 19 + text.length } },
      },
    ]);
  });

  it("are refused where the installed one cannot be read", () => {
    expect(inPolicy('ms: "2.1.3"', { "node_modules/ms/package.json": "{" }).diagnostics).toMatchObject([
      { code: "policy-dependency" },
    ]);
  });

  it("are refused at the property if they are computed", () => {
    const text = `const dependencies = { ms: "2" };\n${policyWith("dependencies,")}`;
    expect(loadFlows(checkout(ownPolicy(text))).diagnostics).toMatchObject([
      { code: "policy-dependency", at: { start: { line: 5, column: 3 } } },
    ]);
  });
});
