import { z } from "zod";
import { badRequest } from "./errors.ts";

/** JSON has no undefined, so what was parsed from it has none either; zod's types cannot say that. */
type Defined<T> = z.core.util.JSONType extends T
  ? T
  : T extends object
    ? { [K in keyof T]: Defined<Exclude<T[K], undefined>> }
    : T;

/** The body as `schema` reads it, or 400 `invalid_body` in Auth0's words for the first thing that is wrong. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): Defined<z.infer<Schema>> {
  const result = schema.safeParse(body === undefined ? {} : body, { reportInput: true });
  if (result.success) return result.data as Defined<z.infer<Schema>>;
  const [issue] = result.error.issues;
  throw badRequest(`Payload validation error: ${describeIssue(issue, schema)}`);
}

/** Like `parseBody` for the query, whose numbers and booleans are read from strings: 400 `invalid_query_string`. */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, query: unknown): z.infer<Schema> {
  const result = schema.safeParse(query, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw badRequest(`Query validation error: ${describeIssue(issue, schema)}`, "invalid_query_string");
}

/** An object that refuses properties it does not name, as nearly all of Auth0's do. */
export const strict = z.strictObject;

/** The wording of the JSON Schema validator that Auth0 uses, then the property and what it is, if the schema says. */
function describeIssue(issue: z.core.$ZodIssue | undefined, schema: z.ZodType): string {
  if (!issue) return "";
  // A missing property is reported by zod at the property, by Auth0 at the object it is missing in.
  const missing = isMissing(issue);
  const path = missing ? issue.path.slice(0, -1) : issue.path;
  const text = missing ? `Missing required property: ${String(issue.path.at(-1))}` : describeProblem(issue);
  const place = path.reduce<string>(
    (text, key) =>
      typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`,
    "",
  );
  if (place === "") return `'${text}'.`;
  const description = schemaAt(schema, path)?.description;
  return `'${text}' on property ${place}${description ? ` (${description})` : ""}.`;
}

/** The schema of what stands at a path. */
function schemaAt(schema: z.core.$ZodType, [key, ...rest]: readonly PropertyKey[]): z.ZodType | undefined {
  if (key === undefined) return schema as z.ZodType; // zod's classes all extend it
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return schemaAt(schema.unwrap(), [key, ...rest]);
  if (schema instanceof z.ZodArray) return schemaAt(schema.element, rest);
  const inner = schema instanceof z.ZodObject ? schema.shape[String(key)] : undefined;
  return inner && schemaAt(inner, rest);
}

const isMissing = (issue: z.core.$ZodIssue) =>
  issue.path.length > 0 && issue.input === undefined && /^invalid_(type|value|union)$/.test(issue.code);

function describeProblem(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `Expected type ${TYPE_NAMES[issue.expected] ?? issue.expected} but found type ${typeName(issue.input)}`;
    case "unrecognized_keys":
      return `Additional properties not allowed: ${issue.keys.join(",")}`;
    case "invalid_value":
      return `No enum match for: ${String(issue.input)}`;
    case "too_small":
      return tooSmall(issue);
    case "too_big":
      return tooBig(issue);
    case "invalid_format":
      return issue.format === "regex"
        ? `String does not match pattern ${issue.pattern?.slice(1, -1)}: ${String(issue.input)}`
        : `Object didn't pass validation for format ${issue.format}: ${String(issue.input)}`;
    case "invalid_union":
      return "Data does not match any schemas from 'oneOf'";
    default:
      return issue.message;
  }
}

/** zod's names of types where JSON Schema has another. */
const TYPE_NAMES: Readonly<Record<string, string>> = { int: "integer", record: "object" };

function tooSmall(issue: z.core.$ZodIssueTooSmall): string {
  const { minimum, input, origin } = issue;
  if (origin === "array") return `Array is too short (${lengthOf(input)}), minimum ${minimum}`;
  if (origin === "string") return `String is too short (${lengthOf(input)} chars), minimum ${minimum}`;
  if (origin === "object" || origin === "record")
    return `Too few properties defined (${Object.keys(Object(input)).length}), minimum ${minimum}`;
  return `Value ${String(input)} is less than minimum ${minimum}`;
}

function tooBig(issue: z.core.$ZodIssueTooBig): string {
  const { maximum, input, origin } = issue;
  if (origin === "array") return `Array is too long (${lengthOf(input)}), maximum ${maximum}`;
  if (origin === "string") return `String is too long (${lengthOf(input)} chars), maximum ${maximum}`;
  return `Value ${String(input)} is greater than maximum ${maximum}`;
}

const lengthOf = (value: unknown) => (typeof value === "string" || Array.isArray(value) ? value.length : 0);

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}
