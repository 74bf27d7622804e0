// The policies themselves: what Node, which strips types unread, lets through and the lanes must be able to rely on.
import { restrictedClaims } from "../../model/claims.ts";
import type { Checked, Diagnostic, DiagnosticCode } from "../../model/diagnostic.ts";
import { type Enforcement, enforcements, type FlowName, flowNames } from "../../model/flows.ts";
import { type ManagementOperationName, managementOperations } from "../../model/operations.ts";
import type { PolicyDefinition } from "../../policy/policy.ts";
import { dependencyFaults } from "./dependencies.ts";
import type { Exports } from "./evaluate.ts";
import { didYouMean } from "./help.ts";
import type { Module } from "./modules.ts";
import { definitionPlace } from "./places.ts";
import { isSettingType, stepOptions } from "./settings.ts";
import { isObject } from "./shape.ts";
import { spanOf } from "./syntax.ts";

/** The file of each policy: the one whose default export it is. */
export type PolicyFiles = ReadonlyMap<PolicyDefinition, string>;

/** Finds the policies among what the files export, and everything about them that is wrong wherever they stand. */
export function findPolicies(
  root: string,
  modules: readonly Module[],
  exports: ReadonlyMap<string, Exports>,
): Checked<PolicyFiles> {
  const files = new Map<PolicyDefinition, string>();
  const diagnostics: Diagnostic[] = [];
  for (const module of modules) {
    const definition = definitionIn(exports.get(module.file)?.default);
    if (!definition) continue;
    files.set(definition, module.file);
    diagnostics.push(...faultsOf(root, definition, module), ...droppedClaims(module));
  }
  return { value: files, diagnostics };
}

/** The definition of a thing that `policy()` made. */
export function definitionIn(exported: unknown): PolicyDefinition | undefined {
  if (typeof exported !== "function" || !("definition" in exported)) return undefined;
  return isObject(exported.definition) ? (exported.definition as unknown as PolicyDefinition) : undefined;
}

function faultsOf(root: string, definition: PolicyDefinition, module: Module): readonly Diagnostic[] {
  const { file, program } = module;
  const { name, on, settings, grants = [], enforces = [], uses = [], hosts = [] } = definition;
  const error = (code: DiagnosticCode, property: string, message: string, item?: string, help?: string) =>
    ({
      code,
      severity: "error",
      message,
      at: definitionPlace(file, program, property, item),
      ...(help && { help }),
    }) satisfies Diagnostic;
  const lack = lackOf(definition);
  if (lack) return [error("policy-load-failed", "name", `"${file}" defines no policy: it lacks ${lack}`)];

  const operations = Object.keys(managementOperations);
  const settingNames = Object.keys(settings);
  return [
    ...unknownAmong<FlowName>(on, flowNames).map((flow) =>
      error(
        "policy-wrong-flow",
        "on",
        `policy "${name}" is on "${flow}", which is no flow`,
        flow,
        didYouMean(flow, flowNames),
      ),
    ),
    ...unknownAmong<ManagementOperationName>(uses, operations).map((operation) =>
      error(
        "policy-unknown-operation",
        "uses",
        `policy "${name}" uses "${operation}", which is no Management API operation known here`,
        operation,
        didYouMean(operation, operations),
      ),
    ),
    ...unknownAmong<Enforcement>(enforces, enforcements).map((promise) =>
      error(
        "policy-load-failed",
        "enforces",
        `policy "${name}" enforces "${promise}", which declarations do not promise`,
        promise,
        didYouMean(promise, enforcements),
      ),
    ),
    ...unknownAmong(grants, settingNames).map((setting) =>
      error(
        "policy-bad-setting",
        "grants",
        `policy "${name}" grants by "${setting}", which is none of its settings`,
        setting,
        didYouMean(setting, settingNames),
      ),
    ),
    ...hosts
      .filter((host) => !isHost(host))
      .map((host) =>
        error(
          "policy-bad-setting",
          "hosts",
          `policy "${name}" calls "${host}", which is no host`,
          host,
          'write names only, in lower case, such as "api.example.com"; each by itself',
        ),
      ),
    ...dependencyFaults(root, definition, module),
  ];
}

/** What is missing that types demand. */
function lackOf(definition: PolicyDefinition): string | undefined {
  const { name, on, settings, run } = definition;
  if (typeof name !== "string" || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) return "a kebab-case name";
  if (!Array.isArray(on) || on.length === 0) return "flows under `on`";
  if (!isObject(settings) || !Object.values(settings).every(isSettingType)) {
    return "kinds of settings under `settings`, if only {}";
  }
  if (Object.keys(stepOptions).some((each) => Object.hasOwn(settings, each))) {
    return "settings of other names than `enabled` and `onError`, which every policy has";
  }
  for (const property of ["uses", "grants", "enforces", "hosts"] as const)
    if (!isListOf(isText, definition[property] ?? [])) return `a list of texts under \`${property}\``;
  for (const property of ["provides", "needs", "wants"] as const)
    if (!isListOf(isDataType, definition[property] ?? []))
      return `a list of what data("…") gives under \`${property}\``;
  const { dependencies = {} } = definition;
  if (!isObject(dependencies) || !Object.values(dependencies).every(isText)) {
    return "names of packages with versions under `dependencies`";
  }
  return typeof run === "function" ? undefined : "a function `run`";
}

const isListOf = (isItem: (item: unknown) => boolean, list: unknown) =>
  Array.isArray(list) && list.every(isItem);
const isText = (value: unknown) => typeof value === "string" && value !== "";
const isDataType = (value: unknown) => isObject(value) && isText(value.name);

/** True for what `fetchJson` can compare a URL's host with: as URLs have it, with a port if it is not 443. */
function isHost(host: string): boolean {
  const url = `https://${host}`;
  return /^[a-z0-9.-]+(:\d+)?$/.test(host) && URL.canParse(url) && new URL(url).host === host;
}

function unknownAmong<Name extends string>(
  names: readonly Name[],
  known: readonly string[],
): readonly Name[] {
  return names.filter((name) => !known.includes(name));
}

/** Claims that the file sets by a literal name that Auth0 drops. */
function droppedClaims({ file, uses }: Module): readonly Diagnostic[] {
  const restricted: readonly unknown[] = restrictedClaims;
  return uses.nodes.flatMap((node) => {
    if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return [];
    const { property } = node.callee;
    const [claim] = node.arguments;
    if (property.type !== "Identifier" || property.name !== "setCustomClaim") return [];
    if (claim?.type !== "Literal" || !restricted.includes(claim.value)) return [];
    return {
      code: "policy-restricted-claim",
      severity: "error",
      message: `claim "${claim.value}" is Auth0's own: a custom claim of that name is dropped without an error`,
      at: spanOf(file, claim),
      help: "put a namespace before it, a URL of yours",
    } satisfies Diagnostic;
  });
}
