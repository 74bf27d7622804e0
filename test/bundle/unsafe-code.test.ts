import { describe, expect, it } from "vitest";
import { bundle, loadFlows } from "../../src/bundle/index.ts";
import { model } from "../support/models.ts";
import { checkout } from "./checkout.ts";
import { findings, inShort, ownPolicy, policyWith } from "./findings.ts";

describe("code of a policy", () => {
  it.each([
    ["eval", "    eval(event.user.email);", "5-9"],
    ["eval by another name", "    const run = eval; run('1');", "17-21"],
    ["eval of the global object", "    globalThis.eval('1');", "5-20"],
    ["Function", "    Function('return 1')();", "5-25"],
    ["new Function", "    new Function('a', 'return a');", "5-34"],
    ["a timer with a text", "    setTimeout('run()', 1);", "5-27"],
    ["a timer with a text that is put together", "    setInterval('run(' + event.user.email, 1);", "5-46"],
    ["a computed import", "    await import(event.user.email);", "11-35"],
    ["a computed require", "    require(`./${event.user.email}`);", "5-37"],
    ["a require that is handed on", "    [event.user.email].map(require);", "28-35"],
    ["Node's own bindings", "    process.binding('fs');", "5-20"],
    ["an import of vm", "    await import('node:vm');", "11-28"],
    ["a required child_process", "    require('child_process');", "5-29"],
  ])("is refused for %s", (_, body, columns) => {
    expect(findings(ownPolicy(policyWith("", body)))).toEqual([
      `policy-unsafe-code hooks/own.ts:6:${columns}`,
    ]);
  });

  it.each([
    ["a method called eval", "    event.user.eval('1');"],
    ["an eval of its own", "    const eval_ = { eval(text) { return text; } }; eval_.eval('1');"],
    ["a parameter called require", "    ((require) => require(event.user.email))(String);"],
    ["a check of a type", "    typeof require === 'function'; event instanceof Function;"],
    ["a timer with a function", "    setTimeout(() => {}, 1);"],
    ["Node's other modules", "    const { createHash } = await import('node:crypto');"],
    ["a word in a text", "    console.log('eval(1)', /eval/);"],
    ["a label and a key", "    Function: for (;;) { break Function; } ({ eval: 1 });"],
  ])("may have %s", (_, body) => {
    expect(findings(ownPolicy(policyWith("", body)))).toEqual([]);
  });

  it("is refused in the files it imports, also when it runs", () => {
    const files = { "hooks/help.ts": "export const help = 1;\nnew Function('');" };
    const found = ["policy-unsafe-code hooks/help.ts:2:1-17"];
    expect(findings(ownPolicy(`import "./help.ts";\n${policyWith("")}`, files))).toEqual(found);
    expect(findings(ownPolicy(policyWith("", "    await import('./help.ts');"), files))).toEqual(found);
  });

  it("is not run before it is refused", () => {
    const text = `throw new Error(eval("1"));\n${policyWith("")}`;
    expect(findings(ownPolicy(text))).toEqual(["policy-unsafe-code hooks/own.ts:1:17-21"]);
  });

  it("says what it does and the way out", () => {
    expect(loadFlows(checkout(ownPolicy(policyWith("", "    eval('1');")))).diagnostics).toMatchObject([
      { message: '"hooks/own.ts" makes code of a text with "eval"', help: "write out what is to run" },
    ]);
  });
});

describe("code of a package", () => {
  /** What is found in a package with this index.js that a policy imports. */
  function inPackage(text: string, files: Readonly<Record<string, string>> = {}) {
    const policy = `import made from "made";\n${policyWith("", "    made(event.user.email);")}`;
    const root = checkout({
      ...ownPolicy(policy),
      "node_modules/made/package.json": '{ "name": "made", "version": "1.0.0", "exports": "./index.js" }',
      "node_modules/made/index.js": text,
      ...files,
    });
    const { value, diagnostics } = loadFlows(root);
    expect(diagnostics).toEqual([]);
    return bundle(root, value, model()).diagnostics;
  }

  it.each([
    ["eval", "module.exports = (text) =>\n  eval(text);", "2:3"],
    ["Function", "module.exports = (text) => {\n  return new Function(text);\n};", "2:10"],
    ["a computed require", "module.exports = (name) => require(name);", "1:28"],
    ["vm", 'const vm = require("vm");\nmodule.exports = (text) => vm.runInNewContext(text);', "1:12"],
  ])("is refused for %s, at its place in the package", (_, text, place) => {
    expect(inPackage(text).map(inShort)).toEqual([`policy-unsafe-code node_modules/made/index.js:${place}`]);
  });

  it("is refused for reaching the network by itself", () => {
    const text = 'const https = require("https");\nmodule.exports = (url) => https.get(url);';
    expect(inPackage(text).map(inShort)).toEqual(["policy-undeclared-host node_modules/made/index.js:1:15"]);
    expect(inPackage("module.exports = (url) => fetch(url);").map(inShort)).toEqual([
      "policy-undeclared-host node_modules/made/index.js:1:27",
    ]);
  });

  it.each([
    ["in a branch that is never taken", "module.exports = (text) => (false ? eval(text) : text);"],
    [
      "in an export that nobody uses",
      "export const run = (text) => new Function(text);\nexport default (text) => text;",
    ],
    ["as the old way to the global object", 'module.exports = Function("return this")().String;'],
    ["as names of its own", "module.exports = (text) => { const fetch = String; return fetch(text); };"],
  ])("may have it %s", (_, text) => {
    const type = text.startsWith("export") ? "module" : "commonjs";
    const manifest = `{ "name": "made", "version": "1.0.0", "exports": "./index.js", "type": "${type}" }`;
    expect(inPackage(text, { "node_modules/made/package.json": manifest })).toEqual([]);
  });

  it("is left alone if Auth0 installs it beside the code", () => {
    const policy = `import made from "made";\n${policyWith('dependencies: { made: "1.0.0" },', "    made(1);")}`;
    const root = checkout({
      ...ownPolicy(policy),
      "node_modules/made/package.json": '{ "name": "made", "version": "1.0.0", "exports": "./index.js" }',
      "node_modules/made/index.js": "module.exports = (text) => eval(text);",
    });
    const { value, diagnostics } = loadFlows(root);
    expect([...diagnostics, ...bundle(root, value, model()).diagnostics]).toEqual([]);
  });
});
