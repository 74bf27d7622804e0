// What zod says of a file's shape, as diagnostics at their places; and as much of the file as has the shape.
import type { z } from "zod";
import type { DiagnosticCode } from "../model/diagnostic.ts";
import { nearest } from "../model/nearest.ts";
import type { Report } from "./report.ts";
import { found, listed, quote, suggest, suggestNearest } from "./wording.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

/** An issue of zod's with its path from the root of the file; `onKey` if it is about the last key of the path itself. */
interface Breach {
  readonly issue: z.core.$ZodIssue;
  readonly path: Path;
  readonly onKey: boolean;
}

/**
 * The part of the file that has the shape: wrong values are left out, whole lists if an item is wrong, since the places of
 * the other items would shift. What the shape demands and the file lacks is taken from `standIns`. `subject` is what the
 * file declares, such as `role "support-agent"`.
 */
export function checkShape<Shape>(
  shape: z.ZodType<Shape>,
  file: YamlFile,
  subject: string,
  standIns: NoInfer<Shape>,
  report: Report,
): Shape {
  const checked = shape.safeParse(file.value, { error: expectedByDefault });
  if (checked.success) return checked.data;
  const breaches = checked.error.issues.flatMap((issue) => flatten(issue));
  for (const breach of breaches)
    if (!isMisspelt(breach, breaches, file)) reportBreach(breach, file, subject, report);
  return withShape(shape, file.value, standIns);
}

/** What zod expects by itself, in our words; parts that know better say so in shape-parts.ts. */
function expectedByDefault(issue: z.core.$ZodRawIssue): string {
  if (issue.code === "invalid_value") return `one of ${listed(issue.values.map(String))}`;
  if (issue.code !== "invalid_type") return "something else";
  switch (issue.expected) {
    case "string":
      return "text";
    case "boolean":
      return "true or false";
    case "record":
    case "object":
      return "a mapping";
    default:
      return issue.expected;
  }
}

/** The breaches an issue stands for: of a union those of the one branch that the value was meant for. */
function flatten(issue: z.core.$ZodIssue, prefix: Path = []): readonly Breach[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === "invalid_key") return issue.issues.map((each) => ({ issue: each, path, onKey: true }));
  if (issue.code !== "invalid_union") return [{ issue, path, onKey: false }];
  const meant = issue.errors.find((branch) => !branch.some(isAboutKind));
  return meant ? meant.flatMap((each) => flatten(each, path)) : [{ issue, path, onKey: false }];
}

/** True if the value as a whole is of another kind than the branch of a union wants. */
function isAboutKind(issue: z.core.$ZodIssue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === "invalid_union") return issue.errors.every((branch) => branch.some(isAboutKind));
  return issue.code === "invalid_type" || issue.code === "invalid_value";
}

/** True if the breach is a missing key, and an unknown one beside it was most likely meant to be it. */
function isMisspelt({ path }: Breach, breaches: readonly Breach[], file: YamlFile): boolean {
  if (file.has(path)) return false;
  return breaches.some(
    ({ issue, path: mapping }) =>
      issue.code === "unrecognized_keys" &&
      mapping.length === path.length - 1 &&
      mapping.every((step, index) => step === path[index]) &&
      issue.keys.some((key) => nearest(key, knownKeys(issue.message)) === path.at(-1)),
  );
}

/** The keys that the shape of a mapping has: see `mapping` in shape-parts.ts. */
function knownKeys(message: string): readonly string[] {
  return message.split("\n");
}

function reportBreach({ issue, path, onKey }: Breach, file: YamlFile, subject: string, report: Report): void {
  const key = String(path.findLast((step) => typeof step === "string"));
  if (issue.code === "unrecognized_keys") {
    for (const unknown of issue.keys)
      report(
        "unknown-key",
        file.keyAt([...path, unknown]),
        `${nameOf(path, subject)} has the unknown key ${quote(unknown)}`,
        suggest(unknown, knownKeys(issue.message)),
      );
  } else if (issue.code === "custom") {
    const code = issue.params?.code as DiagnosticCode; // as: every check of the shapes is a law, which has a code
    report(
      code,
      onKey ? file.keyAt(path) : file.at(path),
      `${quote(key)} ${issue.message}`,
      issue.params?.conceal ? { conceal: true } : {},
    );
  } else if (!file.has(path)) {
    const parent = path.slice(0, -1);
    report("missing-key", file.keyAt(parent), `${nameOf(parent, subject)} has no ${quote(key)}`);
  } else {
    const value = valueAt(file.value, path);
    const choices = typeof value === "string" ? choicesOf(issue) : [];
    report(
      issue.code === "invalid_value" && choices.length > 0 ? "bad-value" : "wrong-type",
      file.at(path),
      `expected ${issue.message}${whereOf(path, key)}, found ${found(value)}`,
      typeof value === "string" ? suggestNearest(value, choices) : {},
    );
  }
}

/** The texts that would have been right. */
function choicesOf(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === "invalid_value") return issue.values.map(String);
  return issue.code === "invalid_union" ? issue.errors.flat().flatMap(choicesOf) : [];
}

function nameOf(path: Path, subject: string): string {
  const last = path.at(-1);
  if (last === undefined) return subject;
  if (typeof last !== "number") return `${quote(String(last))} of ${subject}`;
  return `entry ${last + 1} of ${nameOf(path.slice(0, -1), subject)}`;
}

function whereOf(path: Path, key: string): string {
  if (path.length === 0) return "";
  return typeof path.at(-1) === "number" ? ` in ${quote(key)}` : ` under ${quote(key)}`;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((inner, step) => childOf(inner, step), value);
}

function childOf(value: unknown, step: PropertyKey): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
  return (value as Record<PropertyKey, unknown>)[step]; // as: it has the property, as the line above says
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Takes out what is wrong until the rest has the shape: a mapping may be left without what it must have. */
function withShape<Shape>(shape: z.ZodType<Shape>, value: unknown, standIns: Shape): Shape {
  let rest = isMapping(value) ? { ...standIns, ...value } : standIns;
  for (;;) {
    const checked = shape.safeParse(rest);
    if (checked.success) return checked.data;
    const wrong = checked.error.issues.flatMap((issue) => flatten(issue)).flatMap(pathsOf);
    const outermost = wrong.map((path) => (valueAt(rest, path) === undefined ? path.slice(0, -1) : path));
    const kept = without(rest, outermost);
    if (!isMapping(kept)) return standIns;
    rest = { ...standIns, ...kept };
  }
}

function pathsOf({ issue, path }: Breach): readonly Path[] {
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
}

/** The value without what stands at the paths, undefined if nothing of it is left; lists are kept or left out whole. */
function without(value: unknown, paths: readonly Path[]): unknown {
  if (paths.length === 0) return value;
  if (!isMapping(value) || paths.some((path) => path.length === 0)) return undefined;
  const kept = Object.entries(value).map(([key, inner]) => {
    const below = paths.filter(([step]) => step === key).map((path) => path.slice(1));
    return [key, without(inner, below)] as const;
  });
  return Object.fromEntries(kept.filter(([, inner]) => inner !== undefined));
}
