import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRuntime, type Dependency, type Runtime } from "../../../tenant/runtime/index.ts";

const root = mkdtempSync(path.join(tmpdir(), "packages-"));
let runtime: Runtime;

/** Writes a package into the project's node_modules. */
function install(name: string, version: string, files: Readonly<Record<string, string>>): void {
  const folder = path.join(root, "node_modules", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name, version, main: "index.js" }));
  for (const [file, content] of Object.entries(files)) writeFileSync(path.join(folder, file), content);
}

beforeAll(() => {
  install("greeter", "1.2.3", {
    "index.js": "const tone = require('tone'); module.exports = (name) => tone(`hello ${name}`);",
    "quiet.js": "module.exports = 'psst';",
    "words.json": '{"hello":"hallo"}',
  });
  install("tone", "2.0.0", {
    "index.js": "let n = 0; module.exports = (text) => `${text}${'!'.repeat(++n)}`;",
  });
  install("@acme/modern", "3.0.0", { "index.js": "export const modern = true;" });
  install("reads-disk", "1.0.0", {
    "index.js":
      "const fs = require('fs'); exports.load = () => 'loaded'; exports.read = () => fs.readFileSync('/etc/passwd');",
  });
  install("native", "1.0.0", { "index.js": "module.exports = require('./build.node');", "build.node": "" });
  runtime = createRuntime({ root });
});
afterAll(() => {
  runtime.close();
  rmSync(root, { recursive: true });
});

const declared = (dependencies: Readonly<Record<string, string>>): readonly Dependency[] =>
  Object.entries(dependencies).map(([name, version]) => ({ name, version }));

/** What a hook calls back with; of one that fails, its message. */
async function hook(expression: string, dependencies: Readonly<Record<string, string>>): Promise<unknown> {
  const { result } = await runtime.runHook(
    {
      name: "hook",
      trigger: "post-user-registration",
      script: `module.exports = (user, context, cb) => cb(null, ${expression});`,
      secrets: {},
      dependencies: declared(dependencies),
    },
    [{}, {}],
  );
  return result.ok ? result.value : result.failure.message;
}

/** What a rule leaves in the context; of one that fails, its message. */
async function rule(expression: string): Promise<unknown> {
  const { result } = await runtime.runRules(
    [{ name: "rule", script: `(user, context, callback) => { context.got = ${expression}; callback(); }` }],
    {},
    {},
    { accessToken: "", domain: "", baseUrl: "", configuration: {} },
  );
  return result.ok ? result.value.context.got : result.failure.message;
}

describe("packages of policies", () => {
  it.each([
    ["a package and what it needs", "require('greeter')('ada')", "hello ada!"],
    ["a file of it", "require('greeter/quiet')", "psst"],
    ["JSON of it", "require('greeter/words.json').hello", "hallo"],
    ["an ES module with a scope", "require('@acme/modern').modern", true],
    ["one that would read the disk", "require('reads-disk').load()", "loaded"],
  ])("are found when they are declared: %s", async (_what, expression, value) => {
    const dependencies = { greeter: "1.2.3", "@acme/modern": "latest", "reads-disk": "1.0.0" };
    expect(await hook(expression, dependencies)).toBe(value);
  });

  it("start anew in each execution", async () => {
    const twice = "[require('greeter')('a'), require('greeter')('b')]";
    const dependencies = { greeter: "1.2.3" };
    expect(await hook(twice, dependencies)).toEqual(["hello a!", "hello b!!"]);
    expect(await hook(twice, dependencies)).toEqual(["hello a!", "hello b!!"]);
  });

  it("get nothing from the disk", async () => {
    expect(await hook("require('reads-disk').read()", { "reads-disk": "1.0.0" })).toBe(
      "fs.readFileSync is not available in the sandbox",
    );
  });

  it.each([
    ["is not declared", {}, "Cannot find module 'greeter'"],
    [
      "is installed in another version",
      { greeter: "1.0.0" },
      `Cannot find module 'greeter': greeter@1.0.0 is declared, installed is 1.2.3 in ${root}: npm install --save-exact greeter@1.0.0`,
    ],
  ])("are not found by a hook when one %s", async (_why, dependencies, message) => {
    expect(await hook("require('greeter')", dependencies)).toBe(message);
  });

  it("with native code are refused, without taking others along", async () => {
    const dependencies = { native: "1.0.0", greeter: "1.2.3" };
    expect(await hook("require('greeter')('x') + require('native')", dependencies)).toBe(
      "Cannot find module 'native': native has native code, which Auth0 does not run",
    );
    expect(await hook("[require('greeter')('x'), () => require('native')][0]", dependencies)).toBe(
      "hello x!",
    );
  });

  it("are found by rules when they are installed, with the version in the name or without", async () => {
    expect(await rule("[require('greeter')('a'), require('greeter@1.2.3/quiet')]")).toEqual([
      "hello a!",
      "psst",
    ]);
    expect(await rule("require('greeter@9.9.9')")).toContain("Cannot find module 'greeter@9.9.9'");
    expect(await rule("require('lodash')")).toBe("Cannot find module 'lodash'");
  });

  it("of an action that are not as declared are what its build fails with", () => {
    expect(runtime.problemsOf(declared({ greeter: "1.2.3", tone: "1.0.0", nowhere: "1.0.0" }))).toEqual([
      `tone@1.0.0 is declared, installed is 2.0.0 in ${root}: npm install --save-exact tone@1.0.0`,
      `nowhere@1.0.0 is declared, it is not installed in ${root}: npm install --save-exact nowhere@1.0.0`,
    ]);
  });
});
