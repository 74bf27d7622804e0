import { describe, expect, it } from "vitest";
import { parse } from "../../src/compile/index.ts";
import type { SourceFile, Span } from "../../src/model/source.ts";

/** What the file has between the two places. */
function textAt({ text }: SourceFile, { start, end }: Span): string {
  const lines = text.split("\n");
  const offsetOf = ({ line, column }: Span["start"]) =>
    lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  return text.slice(offsetOf(start), offsetOf(end));
}

function api(text: string) {
  const file = { path: "rbac/apis/orders.yaml", text };
  const { value, diagnostics } = parse([file]);
  const [declared] = value.apis;
  if (!declared) throw new Error("no API");
  return { declared, diagnostics, at: (span: Span) => textAt(file, span) };
}

describe("places of stage values", () => {
  it.each([
    ["plain", "identifier: https://${domain}/${path}"],
    ["single-quoted", "identifier: 'it''s ${domain}/${path}'"],
    ["double-quoted", 'identifier: "\\u0041 ${domain}/${path}"'],
    ["literal", "identifier: |-\n  https://${domain}/${path}\n"],
    ["folded", "identifier: >-\n  https://${domain}\n  /${path}\n"],
    ["plain over several lines", "identifier: https://${domain}\n  /${path}\n"],
  ])("are exact in %s text", (_, text) => {
    const { declared, at } = api(text);
    expect(declared.identifier.stageValues.map((each) => [each.value, at(each.at)])).toEqual([
      ["domain", "${domain}"],
      ["path", "${path}"],
    ]);
  });

  it.each([
    ['"x${dom\\x61in}"', ["domain"]],
    ['"${domain} ${dom\\x61in}"', ["domain", "domain"]],
    ['"${dom\\x61in} ${domain}"', ["domain", "domain"]],
  ])("are that of the whole text where an escape hides one: %s", (text, names) => {
    const { declared, at } = api(`identifier: ${text}`);
    expect(declared.identifier.stageValues.map((each) => [each.value, at(each.at)])).toEqual(
      names.map((name) => [name, text]),
    );
  });
});

describe("places of keys and values", () => {
  it("hold for quoted keys, numbers as keys and carriage returns", () => {
    const { declared, at } = api('identifier: urn:x\r\nscopes:\r\n  "read:a": See\r\n  404: Miss\r\n');
    expect(
      declared.scopes.map(({ value, description }) => [at(value.at), at(description.at)]).toSorted(),
    ).toEqual([
      ['"read:a"', "See"],
      ["404", "Miss"],
    ]);
  });

  it("are those of the alias for what it stands for, and of the anchor for what is within", () => {
    const role = { path: "rbac/roles/a.yaml", text: "permissions:\n  x: &list [read]\n  y: *list\n" };
    const [declared] = parse([role]).value.roles;
    const spans = declared?.permissions.map(({ api, scopes }) => [api.at, ...scopes.map((each) => each.at)]);
    expect(spans?.map((each) => each.map((span) => textAt(role, span)))).toEqual([
      ["x", "read"],
      ["y", "read"],
    ]);
  });

  it("start at the first key for the thing as a whole", () => {
    const { declared, at } = api("# a comment\n\nidentifier: urn:x\n");
    expect(at(declared.at)).toBe("identifier");
    expect(declared.at.start).toEqual({ line: 3, column: 1 });
  });
});

describe("lines", () => {
  it("are counted from the first, even if it is empty", () => {
    const { declared, at } = api("\nidentifier: https://${domain}/\n");
    expect(declared.at.start).toEqual({ line: 2, column: 1 });
    expect(declared.identifier.stageValues.map((each) => at(each.at))).toEqual(["${domain}"]);
  });
});

describe("files", () => {
  it("longer than a million characters are not parsed", () => {
    const { diagnostics } = api(`identifier: urn:x\n# ${"x".repeat(1_000_000)}`);
    expect(diagnostics.map(({ code }) => code)).toEqual(["limit-exceeded"]);
  });

  it("begin with a byte order mark or end without a line break and mean the same", () => {
    const { declared, diagnostics } = api("\uFEFFidentifier: urn:x");
    expect(diagnostics).toEqual([]);
    expect(declared.identifier.value).toBe("urn:x");
  });

  it.each([
    ["lists in one line", "[".repeat(100_000), 102],
    ["mappings in one line", "{a: ".repeat(100_000), 402],
    ["lists in items", `${"- ".repeat(20_000)}a`, 203],
    ["keys", `${"? ".repeat(20_000)}a`, 203],
  ])("with %s without end are refused at one place, whatever the stack holds", (_, text, column) => {
    const places = (depth: number): unknown =>
      depth > 0 ? places(depth - 1) : api(text).diagnostics.map(({ code, at }) => [code, at.start]);
    for (const depth of [0, 2000]) expect(places(depth)).toEqual([["limit-exceeded", { line: 1, column }]]);
  });
});
