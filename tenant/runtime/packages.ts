// npm packages that policies require: taken from where the user's project has them installed, never from the network, and
// handed to a sandbox as one text, since a sandbox has no disk.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { builtinModules, findPackageJSON } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";

/** A package that a hook or action declares; `version` is an exact one or `latest`. */
export interface Dependency {
  readonly name: string;
  readonly version: string;
}

/** The packages that one policy requires. */
export interface PackageSet {
  /** Identifies `code`; the same packages in the same versions have the same key. */
  readonly key: string;
  /** CommonJS; exports a function that loads it under each specifier. */
  readonly code: string;
  /** Specifier → why it cannot be loaded. */
  readonly missing: Readonly<Record<string, string>>;
}

export interface Packages {
  /** What an action's build would fail with: one sentence for each dependency that is not installed as declared. */
  problemsOf(dependencies: readonly Dependency[]): readonly string[];
  /**
   * What the code requires by literal specifiers, of the declared packages, or with `installed` (rules) of all that are
   * there. Undefined if that is nothing.
   */
  requiredBy(code: string, declared: readonly Dependency[] | "installed"): Promise<PackageSet | undefined>;
}

/** Packages of the `node_modules` that Node would look into from a file in `root`. */
export function createPackages(root: string): Packages {
  const sets = new Map<string, Promise<PackageSet>>();
  const installed = (name: string) => installedVersion(root, name);

  const problemOf = ({ name, version }: Dependency): string | undefined => {
    const found = installed(name);
    if (found !== undefined && (version === "latest" || version === found)) return undefined;
    const state = found === undefined ? "it is not installed" : `installed is ${found}`;
    return `${name}@${version} is declared, ${state} in ${root}: npm install --save-exact ${name}@${version}`;
  };

  const resolve = (specifier: string, declared: readonly Dependency[] | "installed"): Wanted => {
    const { name, version, rest } = partsOf(specifier);
    const target = `${name}${rest}`;
    const dependency =
      declared === "installed"
        ? installed(name) !== undefined && { name, version: version ?? "latest" }
        : declared.find((one) => one.name === name);
    if (!dependency) return { specifier, target };
    const problem = problemOf(version === undefined ? dependency : { name, version });
    return { specifier, target, problem, found: `${target}@${installed(name)}` };
  };

  return {
    problemsOf: (dependencies) => dependencies.map(problemOf).filter((problem) => problem !== undefined),
    async requiredBy(code, declared) {
      const wanted = specifiersIn(code).map((specifier) => resolve(specifier, declared));
      if (wanted.every(({ found }) => found === undefined)) return undefined;
      const key = createHash("sha256").update(JSON.stringify(wanted)).digest("base64url");
      const set = sets.get(key) ?? bundle(root, key, wanted);
      sets.set(key, set);
      return set;
    },
  };
}

interface Wanted {
  /** As it stands in the policy. */
  readonly specifier: string;
  /** Without a version. */
  readonly target: string;
  readonly problem?: string | undefined;
  /** Absent for what is neither declared nor, for rules, installed. */
  readonly found?: string;
}

const literalRequire = /\brequire\s*\(\s*(["'`])([^"'`\\\n$]+)\1\s*\)/g;

/** Specifiers of packages, in the order of their names. */
function specifiersIn(code: string): string[] {
  const found = Array.from(code.matchAll(literalRequire), ([, , specifier = ""]) => specifier);
  return [...new Set(found)].filter((specifier) => /^[@\w]/.test(specifier) && !isBuiltin(specifier)).sort();
}

const isBuiltin = (specifier: string) => specifier.startsWith("node:") || builtinModules.includes(specifier);

/** `@scope/name@1.2.3/file` → `@scope/name`, `1.2.3`, `/file`. */
function partsOf(specifier: string): {
  readonly name: string;
  readonly version?: string;
  readonly rest: string;
} {
  const [, name = specifier, version, rest = ""] =
    /^((?:@[^/@]+\/)?[^/@]+)(?:@([^/]+))?(\/.*)?$/.exec(specifier) ?? [];
  return { name, rest, ...(version !== undefined && { version }) };
}

const manifest = z.object({ version: z.string() });

function installedVersion(root: string, name: string): string | undefined {
  try {
    const file = findPackageJSON(name, pathToFileURL(`${path.resolve(root)}/policy.js`));
    return file && manifest.parse(JSON.parse(readFileSync(file, "utf8"))).version;
  } catch {
    return undefined;
  }
}

async function bundle(root: string, key: string, wanted: readonly Wanted[]): Promise<PackageSet> {
  const missing: Record<string, string> = {};
  const installed = wanted.filter(({ found }) => found !== undefined);
  for (const { specifier, problem } of installed) if (problem !== undefined) missing[specifier] = problem;
  const loadable = installed.filter(({ problem }) => problem === undefined);
  try {
    return { key, code: await build(root, loadable), missing };
  } catch {
    // One that cannot be loaded must not take the others along.
    const sound: Wanted[] = [];
    for (const one of loadable) {
      const failure = await failureOf(root, one);
      if (failure === undefined) sound.push(one);
      else missing[one.specifier] = failure;
    }
    return { key, code: await build(root, sound), missing };
  }
}

async function failureOf(root: string, wanted: Wanted): Promise<string | undefined> {
  try {
    await build(root, [wanted]);
    return undefined;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (text.includes('".node"')) return `${wanted.target} has native code, which Auth0 does not run`;
    return `${wanted.target} cannot be loaded: ${text.split("\n").slice(1, 3).join(" ")}`;
  }
}

/** One CommonJS text with the packages and all that they need, each module of which runs when it is first required. */
async function build(root: string, wanted: readonly Wanted[]): Promise<string> {
  if (wanted.length === 0) return "";
  // Loaded when the first policy needs a package: most tenants never do.
  const esbuild = await import("esbuild");
  const loaders = wanted.map(
    ({ specifier, target }) => `${JSON.stringify(specifier)}: () => require(${JSON.stringify(target)})`,
  );
  const { outputFiles } = await esbuild.build({
    stdin: { contents: `module.exports = { ${loaders.join(", ")} };`, resolveDir: root },
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node22",
    minifyWhitespace: true,
    legalComments: "none",
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
