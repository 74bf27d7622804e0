// The names of what is declared as parts of JSON Schemas, so that editors offer them and mark all others.
import type { z } from "zod";
import type { ApiDeclaration, Declarations } from "../model/declarations.ts";
import { managementScopes } from "../model/management-scopes.ts";
import { managementApi } from "../model/names.ts";
import { riskByVerb } from "../model/risk.ts";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A name and what is shown with it; empty if the name says it all. */
interface Name {
  readonly value: string;
  readonly text: string;
}

const managementText = "Auth0's own Management API";

/** The key of one of these, each shown with its name. */
export function keyOf(
  declared: readonly { readonly key: string; readonly name: { readonly value: string } }[],
): JsonSchema {
  return enumOf(declared.map(({ key, name }) => ({ value: key, text: name.value })));
}

export function listOf(items: JsonSchema): JsonSchema {
  return { type: "array", items };
}

/** Lists of scopes by API: what a role may be given. */
export function permissionsOf({ apis }: Declarations): JsonSchema {
  return byApi(selectionsOf(apis));
}

/** Lists of scopes by API, that of the Management API too: what a client may be granted. */
export function grantsOf({ apis }: Declarations): JsonSchema {
  const management: JsonSchema = {
    description: managementText,
    anyOf: [
      { const: "from-policies", description: "What the policies in hooks/ use, and no more" },
      listOf(orPattern(enumOf(managementScopes.map((value) => ({ value, text: "" }))))),
    ],
  };
  return byApi({ ...selectionsOf(apis), [managementApi]: management });
}

/** One permission as `api/scope`. */
export function permissionOf({ apis }: Declarations): JsonSchema {
  return enumOf([
    ...apis.flatMap((api) =>
      scopesOf(api).map(({ value, text }) => ({
        value: `${api.key}/${value}`,
        text: `${text} (${api.name.value})`,
      })),
    ),
    ...managementScopes.map((scope) => ({ value: `${managementApi}/${scope}`, text: managementText })),
  ]);
}

/** A pattern of permissions: of a declared API, or with `*` in the part of the API. */
export function permissionPatternOf({ apis }: Declarations): JsonSchema {
  const keys = [...apis.map(({ key }) => key), managementApi];
  const pattern = `^((${keys.join("|")})/.*\\*|[^/]*\\*[^/]*/.)`;
  return { type: "string", pattern };
}

function byApi(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: "object", properties, additionalProperties: false };
}

function selectionsOf(apis: readonly ApiDeclaration[]): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    apis.map((api) => [
      api.key,
      { description: api.name.value, ...listOf(orPattern(enumOf(scopesOf(api)))) },
    ]),
  );
}

function orPattern(name: JsonSchema): JsonSchema {
  return { anyOf: [name, { type: "string", pattern: "\\*" }] };
}

function scopesOf({ scopes }: ApiDeclaration): readonly Name[] {
  return scopes.map(({ value: { value }, description, risk }) => ({
    value,
    text: `${description.value} (${risk ?? riskByVerb(value)} risk)`,
  }));
}

/** One of the names, shown with its text; nothing at all if there are none, since an `enum` cannot be empty. */
function enumOf(names: readonly Name[]): JsonSchema {
  if (names.length === 0) return { not: {} };
  return {
    type: "string",
    enum: names.map(({ value }) => value),
    ...(names.some(({ text }) => text !== "") && { markdownEnumDescriptions: names.map(({ text }) => text) }),
  };
}
