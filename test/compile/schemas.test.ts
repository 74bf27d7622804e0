import { describe, expect, it } from "vitest";
import { parse, renderSchemas } from "../../src/compile/index.ts";
import { shippedSources } from "../support/shipped.ts";

function schemasOf(files: Readonly<Record<string, string>>): readonly string[] {
  const { value } = parse(Object.entries(files).map(([path, text]) => ({ path, text })));
  return renderSchemas(value).map(({ text }) => text);
}

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | false;
  readonly anyOf?: readonly Schema[];
}

/** Paths of all keys that the schema has no words for. */
function wordless(schema: Schema, path: string): readonly string[] {
  const parts = [schema.items, schema.additionalProperties || undefined, ...(schema.anyOf ?? [])];
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, each]) => [
      ...(each.description ? [] : [`${path}.${key}`]),
      ...wordless(each, `${path}.${key}`),
    ]),
    ...parts.flatMap((each) => (each ? wordless(each, path) : [])),
  ];
}

describe("the schemas for editors", () => {
  const schemas = renderSchemas(parse(shippedSources()).value);

  it("are one for each kind of file", () => {
    expect(schemas.map(({ path }) => path)).toEqual(
      ["api", "role", "group", "client", "guardrails", "accepted-warnings"].map(
        (kind) => `docs/schema/${kind}.json`,
      ),
    );
  });

  it.each(schemas)("say in $path of every key what it is for", ({ path, text }) => {
    const schema: Schema = JSON.parse(text);
    expect(wordless(schema, path)).toEqual([]);
  });

  it("are the same in whatever order the files are read", () => {
    expect(renderSchemas(parse(shippedSources().toReversed()).value)).toEqual(schemas);
  });

  it("allow no name where nothing is declared, and never an empty enum, which editors refuse", () => {
    const [, role = "{}"] = schemasOf({ "rbac/apis/bare.yaml": "identifier: urn:bare\n" });
    expect(role).not.toContain('"enum": []');
    expect(JSON.parse(role).properties.includes.items).toEqual({ not: {} });
    expect(JSON.parse(role).properties.permissions.properties.bare.items.anyOf[0]).toEqual({ not: {} });
  });
});
