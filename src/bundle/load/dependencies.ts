// Packages that Auth0 installs beside the code: exactly those that tests and the local tenant run. Since one version is
// installed here, no two policies can want different ones.
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { PolicyDefinition } from "../../policy/policy.ts";
import type { Module } from "./modules.ts";
import { definitionKeyPlace } from "./places.ts";

/** Source: the rules of npm for new packages (validate-npm-package-name) and semver.org, 2. */
const packageName = /^(?=.{1,214}$)(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;
const exactVersion = /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

/** What is wrong with the packages that a policy declares, each at its name in the definition. */
export function dependencyFaults(
  root: string,
  { name: policy, dependencies = {} }: PolicyDefinition,
  { file, program }: Module,
): readonly Diagnostic[] {
  return Object.entries(dependencies).flatMap(([name, version]): readonly Diagnostic[] => {
    const fault = faultOf(root, name, version);
    if (!fault) return [];
    const at = definitionKeyPlace(file, program, "dependencies", name);
    const message = `policy "${policy}" depends on "${name}", ${fault.fact}`;
    return [{ code: "policy-dependency", severity: "error", message, at, help: fault.help }];
  });
}

function faultOf(root: string, name: string, version: string) {
  if (isBuiltin(name))
    return { fact: "which is a module of Node and always there", help: "take it out of `dependencies`" };
  if (!packageName.test(name))
    return {
      fact: "which no package of npm can be called",
      help: 'write its name as npm has it, such as "ms"',
    };
  const installed = installedVersion(root, name);
  if (!exactVersion.test(version))
    return {
      fact: `in the version "${version}", which is not exact`,
      help: `write ${installed === undefined ? 'one such as "1.2.3"' : `"${installed}", which is installed`}`,
    };
  if (installed === version) return undefined;
  const help = `npm i -DE ${name}@${version}`;
  return installed === undefined
    ? { fact: "which is not installed here: tests and the local tenant run it", help }
    : { fact: `in the version "${version}", and "${installed}" is installed here`, help };
}

function installedVersion(root: string, name: string): string | undefined {
  try {
    const manifest: { version?: unknown } = JSON.parse(
      readFileSync(join(root, "node_modules", name, "package.json"), "utf8"),
    );
    return typeof manifest.version === "string" ? manifest.version : undefined;
  } catch {
    return undefined; // there is none, or none that npm made
  }
}
