// JSON Schemas of the files in rbac/, for editors: the shapes that are checked, with the names that are declared.
import { z } from "zod";
import type { Declarations } from "../model/declarations.ts";
import type { SourceFile } from "../model/source.ts";
import { guardrailsShape } from "./guardrails-shape.ts";
import { acceptedWarningsShape } from "./parse-accepted-warnings.ts";
import {
  grantsOf,
  type JsonSchema,
  keyOf,
  listOf,
  permissionOf,
  permissionPatternOf,
  permissionsOf,
} from "./schema-names.ts";
import {
  acceptedWarningsTexts,
  apiTexts,
  clientTexts,
  groupTexts,
  guardrailsTexts,
  roleTexts,
} from "./schema-texts.ts";
import { apiShape, clientShape, groupShape, roleShape } from "./shapes.ts";

/** A JSON Schema for each kind of file in rbac/, as files of docs/schema/. The same declarations give the same bytes. */
export function renderSchemas(declarations: Declarations): readonly SourceFile[] {
  const { roles, groups, clients } = declarations;
  const role = keyOf(roles);
  const permission = { $ref: "#/definitions/permission" };
  const permissions = { anyOf: [permission, permissionPatternOf(declarations)] };
  return [
    schemaFile("api", apiShape, apiTexts, {}),
    schemaFile("role", roleShape, roleTexts, {
      includes: listOf(role),
      permissions: permissionsOf(declarations),
    }),
    schemaFile("group", groupShape, groupTexts, { roles: listOf(role), within: listOf(keyOf(groups)) }),
    schemaFile("client", clientShape, clientTexts, {
      grants: grantsOf(declarations),
      allowedRoles: listOf(role),
    }),
    schemaFile(
      "guardrails",
      guardrailsShape,
      guardrailsTexts,
      {
        "never.[].permission": permissions,
        "separate.[].permissions.[]": permissions,
        "together.[].[]": role,
        "approve.[].permission": permissions,
        "approved.[].role": role,
        "approved.[].client": keyOf(clients),
        "approved.[].permission": permission,
      },
      { permission: permissionOf(declarations) },
    ),
    schemaFile("accepted-warnings", acceptedWarningsShape, acceptedWarningsTexts, {}),
  ];
}

type ByPath<T> = Readonly<Record<string, T>>;

/** The shape as a schema, with names in place of some of its parts, and texts on top. */
function schemaFile(
  kind: string,
  shape: z.ZodType,
  texts: ByPath<string>,
  names: ByPath<JsonSchema>,
  definitions?: Readonly<Record<string, JsonSchema>>,
): SourceFile {
  let schema: JsonSchema = z.toJSONSchema(shape, { target: "draft-7", io: "input" });
  for (const [path, part] of Object.entries(names)) schema = changed(schema, path.split("."), () => part);
  for (const [path, description] of Object.entries(texts))
    schema = changed(schema, path.split("."), (part) => ({ ...part, description }));
  return {
    path: `docs/schema/${kind}.json`,
    text: `${JSON.stringify({ ...schema, ...(definitions && { definitions }) }, null, 2)}\n`,
  };
}

type Change = (part: JsonSchema) => JsonSchema;

/** The schema with the part at the path changed. Throws if there is none. */
function changed(schema: JsonSchema, [step, ...rest]: readonly string[], change: Change): JsonSchema {
  if (step === undefined) return change(schema);
  const { items, additionalProperties, properties, anyOf } = schema;
  if (step === "[]" && isSchema(items)) return { ...schema, items: changed(items, rest, change) };
  if (step === "*" && isSchema(additionalProperties))
    return { ...schema, additionalProperties: changed(additionalProperties, rest, change) };
  const property = properties?.[step];
  if (isSchema(property))
    return { ...schema, properties: { ...properties, [step]: changed(property, rest, change) } };
  const branch = anyOf?.findIndex(({ properties: own }) => own && Object.hasOwn(own, step)) ?? -1;
  if (!anyOf || branch < 0) throw new Error(`the schema has no ${step}`);
  return {
    ...schema,
    anyOf: anyOf.map((each, index) => (index === branch ? changed(each, [step, ...rest], change) : each)),
  };
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
