// The stage values: what Pulumi.yaml declares and what stack files give. The rest of these files is Pulumi's business.
import { z } from "zod";
import type { StackDeclaration, StackValue } from "../model/declarations.ts";
import type { StageValueName } from "../model/names.ts";
import { type SourceFile, startOf } from "../model/source.ts";
import type { PlainValue, StageValueDeclaration, StageValueType } from "../model/stage.ts";
import { checkShape } from "./check-shape.ts";
import type { Report } from "./report.ts";
import { located, locatedKeys } from "./written.ts";
import { type Path, readYaml, type YamlFile } from "./yaml-file.ts";

/** What Pulumi.yaml says to Rolebook. */
export interface ProjectDeclaration {
  /** The namespace of the project's own keys in stack files. */
  readonly name: string;
  /** In the order of the file. */
  readonly stageValues: readonly StageValueDeclaration[];
}

/** A project of which nothing is known. */
export const unknownProject: ProjectDeclaration = { name: "rolebook", stageValues: [] };

const plainValue = z.union([z.string(), z.number(), z.boolean()], { error: "text, a number, true or false" });

const typedValue = z.looseObject({
  type: z.enum(["string", "integer", "boolean"]).optional(),
  description: z.string().optional(),
  secret: z.boolean().optional(),
  default: plainValue.optional(),
  value: plainValue.optional(),
});

const nameShape = z.looseObject({ name: z.string() });

const projectShape = z.looseObject({
  config: z
    .record(z.string(), z.union([plainValue, typedValue], { error: "a stage value's type, or its value" }))
    .optional(),
});

const secureValue = z.looseObject({ secure: z.string() });

const stackShape = z.looseObject({
  config: z
    .record(z.string(), z.union([plainValue, secureValue], { error: "text, a number, true or false" }))
    .nullish(),
});

/** The name of the project and the stage values it declares; keys of other packages are left out. */
export function parseProject(source: SourceFile, report: Report): ProjectDeclaration {
  const file = readYaml(source, report);
  if (!file) return unknownProject;
  const { name } = checkShape(nameShape, file, "the project", { name: unknownProject.name }, report);
  const own = withOwnKeys(file, (key) => !key.includes(":") || key.startsWith(`${name}:`));
  const { config } = checkShape(projectShape, own, "the project", {}, report);
  return {
    name,
    stageValues: locatedKeys(config, file, ["config"]).map(({ key, value, path }) => ({
      name: nameOf(key.value, name),
      at: key.at,
      ...(typeof value === "object"
        ? typedDeclaration(value, file, path)
        : {
            type: typeOf(value),
            secret: false,
            default: located(value, file, path),
            description: undefined,
          }),
    })),
  };
}

function typedDeclaration(declared: z.infer<typeof typedValue>, file: YamlFile, path: Path) {
  const given = declared.value ?? declared.default;
  return {
    type: declared.type ?? typeOf(given),
    secret: declared.secret ?? false,
    default:
      given === undefined
        ? undefined
        : located(given, file, [...path, declared.value === undefined ? "default" : "value"]),
    description: declared.description,
  };
}

function typeOf(value: PlainValue | undefined): StageValueType {
  if (typeof value === "boolean") return "boolean";
  return typeof value === "number" ? "integer" : "string";
}

/** The values a stack file gives for keys of the project, in the order of the file. */
export function parseStack(
  source: SourceFile,
  stack: string,
  project: string,
  report: Report,
): StackDeclaration {
  const start = startOf(source.path);
  if (source.text.trim() === "") return { stack, at: start, values: [] };
  // Whoever writes a secret in clear must not find it in the log of a pipeline, too.
  const file = readYaml(source, (code, at, message, details) =>
    report(code, at, message, { ...details, conceal: true }),
  );
  if (!file) return { stack, at: start, values: [] };
  const own = withOwnKeys(file, (key) => key.startsWith(`${project}:`));
  const { config } = checkShape(stackShape, own, `stack "${stack}"`, {}, report);
  return {
    stack,
    at: file.has(["config"]) ? file.keyAt(["config"]) : start,
    values: locatedKeys(config ?? {}, file, ["config"]).map(
      ({ key, value, path }): StackValue => ({
        name: nameOf(key.value, project),
        value: typeof value === "object" ? "secure" : located(value, file, path),
        at: key.at,
      }),
    ),
  };
}

function nameOf(key: string, project: string): StageValueName {
  const name = key.startsWith(`${project}:`) ? key.slice(project.length + 1) : key;
  return name as StageValueName; // as: a name is whatever the file declares
}

/** The file as if `config` held those keys only. */
function withOwnKeys(file: YamlFile, isOwn: (key: string) => boolean): YamlFile {
  const { value } = file;
  if (typeof value !== "object" || value === null || !("config" in value)) return file;
  const { config } = value;
  if (typeof config !== "object" || config === null || Array.isArray(config)) return file;
  const own = Object.entries(config).filter(([key]) => isOwn(key));
  return { ...file, value: { ...value, config: Object.fromEntries(own) } };
}
