import { describe, expect, it } from "vitest";
import { parse, resolve } from "../../src/compile/index.ts";
import { sortDiagnostics } from "../../src/model/diagnostic.ts";
import type { Located } from "../../src/model/source.ts";

const parsed = (files: Readonly<Record<string, string>>) =>
  parse(Object.entries(files).map(([path, text]) => ({ path, text })));

const placed = ({ value, at }: Located<unknown>) => `${value} at ${at.start.line}:${at.start.column}`;

describe("the stage values of a project", () => {
  const stageValuesOf = (config: string) =>
    parsed({ "Pulumi.yaml": `name: shop\nconfig:\n${config}` }).value.stageValues;

  it.each([
    ["a type", "v: { type: boolean }", "boolean", undefined],
    ["nothing", "v: { description: Whatever }", "string", undefined],
    ["a text", "v: eu", "string", "eu at 3:6"],
    ["a number", "v: 3", "integer", "3 at 3:6"],
    ["true or false", "v: false", "boolean", "false at 3:6"],
    ["a default", "v: { default: true }", "boolean", "true at 3:17"],
    ["a value", "v: { value: 7 }", "integer", "7 at 3:15"],
    ["a value and a default", "v: { default: a, value: 7 }", "integer", "7 at 3:27"],
    ["a type and a default", 'v: { type: integer, default: "7" }', "integer", "7 at 3:32"],
  ])("that are declared by %s have a type and perhaps a default", (_, line, type, preset) => {
    const [stageValue] = stageValuesOf(`  ${line}\n`);
    expect(stageValue).toMatchObject({ name: "v", type, secret: false });
    expect(stageValue?.default && placed(stageValue.default)).toBe(preset);
  });

  it("are plain, not described, and sorted by name, those of other packages left out", () => {
    const config =
      "  shop:b: 1\n  auth0:debug: true\n  c: { secret: true, description: Why }\n  a: { type: string }\n";
    expect(
      stageValuesOf(config).map(({ name, secret, description, at }) => [
        name,
        secret,
        description,
        at.start.line,
      ]),
    ).toEqual([
      ["a", false, undefined, 6],
      ["b", false, undefined, 3],
      ["c", true, "Why", 5],
    ]);
  });

  it("are the project's by its name, whatever that is", () => {
    const { value } = parsed({
      "Pulumi.yaml": "name: shop\nconfig:\n  shop:a: 1\n",
      "Pulumi.dev.yaml": "config:\n  shop:a: 2\n  rolebook:a: 3\n",
    });
    expect(value.stacks[0]?.values.map(({ name }) => name)).toEqual(["a"]);
  });
});

describe("a stack", () => {
  it.each([
    ["", "1:1"],
    ["\n \n", "1:1"],
    ["encryptionsalt: v1:AAAA\n", "1:1"],
    ["encryptionsalt: v1:AAAA\nconfig:\n  rolebook:a: 1\n", "2:1"],
    ["config:\n", "1:1"],
  ])("whose file is %j is at %s", (text, place) => {
    const { value, diagnostics } = parsed({ "Pulumi.dev.yaml": text });
    const [{ at } = { at: undefined }] = value.stacks;
    expect([`${at?.start.line}:${at?.start.column}`, diagnostics]).toEqual([place, []]);
  });
});

describe("declarations", () => {
  it("are sorted by key, in whatever order the files come", () => {
    const files = (folder: string, text: string) => ({
      [`${folder}/b.yaml`]: text,
      [`${folder}/a.yaml`]: text,
      [`${folder}/c.yaml`]: text,
    });
    const { value } = parsed({
      "Pulumi.b.yaml": "",
      "Pulumi.a.yaml": "",
      ...files("rbac/apis", "identifier: urn:x\n"),
      ...files("rbac/roles", "name: R\n"),
      ...files("rbac/groups", "name: G\n"),
      ...files("rbac/clients", "type: spa\n"),
    });
    for (const declared of [value.apis, value.roles, value.groups, value.clients])
      expect(declared.map(({ key }) => key)).toEqual(["a", "b", "c"]);
    expect(value.stacks.map(({ stack }) => stack)).toEqual(["a", "b"]);
  });

  it("are not made by files that declare nothing", () => {
    const nothing = parsed({});
    expect(parsed({ "hooks/flows.ts": "export default {}", "rbac/notes.md": "a: [" })).toEqual(nothing);
  });

  it("say where their stage values stand, in every text that may hold some", () => {
    const { value } = parsed({
      "rbac/apis/a.yaml": [
        "name: A ${api-name}",
        "identifier: urn:${identifier}",
        "scopes:",
        "  s: See ${scope}",
        '  t: { description: "See ${scope-in-mapping}" }',
        "",
      ].join("\n"),
      "rbac/roles/r.yaml": "name: R\ndescription: Is ${role}\n",
      "rbac/groups/g.yaml": "name: G\ndescription: Is ${group}\n",
      "rbac/clients/c.yaml": [
        "name: C ${client-name}",
        "description: Is ${client}",
        "type: web",
        "callbacks: ['https://${callback}/']",
        "logoutUrls: ['https://${logout}/', 'https://${another}/']",
        "",
      ].join("\n"),
    });
    const unknown = resolve(value, { flows: [] }, []).diagnostics.filter(
      ({ code }) => code === "unknown-stage-value",
    );
    expect(
      unknown.map(({ message, at: { start } }) => [message.split('"')[1], start.line, start.column]),
    ).toEqual([
      ["api-name", 1, 9],
      ["identifier", 2, 17],
      ["scope", 4, 10],
      ["scope-in-mapping", 5, 26],
      ["role", 2, 17],
      ["group", 2, 17],
      ["client-name", 1, 9],
      ["client", 2, 17],
      ["callback", 4, 22],
      ["logout", 5, 23],
      ["another", 5, 45],
    ]);
  });
});

describe("a file with a mistake in its YAML", () => {
  it.each([
    "Pulumi.yaml",
    "Pulumi.dev.yaml",
    "rbac/apis/a.yaml",
    "rbac/roles/a.yaml",
    "rbac/groups/a.yaml",
    "rbac/clients/a.yaml",
    "rbac/guardrails.yaml",
    "rbac/accepted-warnings.yaml",
  ])("leaves %s incomplete, with one finding", (path) => {
    const { value, diagnostics } = parsed({ [path]: "a: [b\n" });
    expect(diagnostics.map(({ code, at }) => [code, at.file])).toEqual([["syntax", path]]);
    expect([...value.incomplete]).toEqual([path]);
  });
});

describe("stage values that are none", () => {
  it.each([
    ["Pulumi.yaml", "text\n", "1:1"],
    ["Pulumi.yaml", "- name: shop\n", "1:1"],
    ["Pulumi.yaml", "null\n", "1:1"],
    ["Pulumi.yaml", "name: shop\nconfig: text\n", "2:9"],
    ["Pulumi.yaml", "name: shop\nconfig: [a]\n", "2:9"],
    ["Pulumi.yaml", "name: shop\nconfig: null\n", "2:9"],
    ["Pulumi.dev.yaml", "text\n", "1:1"],
    ["Pulumi.dev.yaml", "config: text\n", "1:9"],
    ["Pulumi.dev.yaml", "config: [a]\n", "1:9"],
  ])("are shown in %s: %j", (path, text, place) => {
    const places = sortDiagnostics(parsed({ [path]: text }).diagnostics).map(
      ({ code, at: { start } }) => `${code} ${start.line}:${start.column}`,
    );
    expect(places).toEqual([`wrong-type ${place}`]);
  });
});
