// What the toolchain is made from: the pinned versions, and a key for every part that changes with what goes into it.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The versions of this clone and the names of its parts in the cache; clones with the same inputs share the parts. */
export interface Inputs {
  /** Of the SDK in package.json, without "v"; the engine is never older. */
  readonly pulumi: string;
  /** Of the Auth0 plugin that the SDK in package.json asks for, without "v". */
  readonly plugin: string;
  /** The oldest Go that builds the parts. */
  readonly go: string;
  readonly engine: GoProgram;
  readonly provider: GoProgram;
  /** The engine with the language host beside it, where the engine looks for it first. */
  readonly commandLine: string;
  /** What Pulumi's installer brings. */
  readonly vendor: string;
}

/** A program that is built from a Go module of the toolchain. */
export interface GoProgram {
  /** For people, with the version. */
  readonly title: string;
  /** The directory's name in the cache. */
  readonly part: string;
  /** Absolute path of the Go module. */
  readonly module: string;
  /** What both `go list` and `go build` are told: the flags that decide what is compiled, and the package. */
  readonly flags: readonly string[];
  readonly package: string;
  readonly binary: string;
}

/** Absolute path of a file or folder of the toolchain. */
export function toolchainPath(...names: readonly string[]): string {
  return join(fileURLToPath(new URL(".", import.meta.url)), ...names);
}

/** The inputs of this clone, from its package.json, Go modules and sources. A few milliseconds. */
export function readInputs(): Inputs {
  const pinned = pinnedVersions("@pulumi/pulumi", "@pulumi/auth0", "@grpc/grpc-js", "esbuild");
  const pulumi = pinned["@pulumi/pulumi"];
  const upstream = inModule("provider", /terraform-provider-auth0 v(\S+)/);
  const engine = goProgram({
    title: `Pulumi ${pulumi}`,
    name: `engine-${pulumi}`,
    folder: "engine",
    files: ["go.mod", "go.sum"],
    variables: `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pulumi}`,
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    binary: "pulumi",
  });
  const provider = goProgram({
    title: `the Auth0 provider ${upstream}`,
    name: `provider-${upstream}`,
    folder: "provider",
    files: ["go.mod", "go.sum", "main.go", "shim/go.mod", "shim/go.sum", "shim/shim.go"],
    variables: "",
    package: ".",
    binary: "pulumi-resource-auth0",
  });
  const host = key([...sourcesIn("language-host"), "host.ts"], [engine.part, ...Object.values(pinned)]);
  return {
    pulumi,
    plugin: pinned["@pulumi/auth0"],
    go: inModule("engine", /^go (\S+)$/m),
    engine,
    provider,
    commandLine: `command-line-${pulumi}-${platform}-${host}`,
    vendor: `vendor-${pulumi}-${platform}`,
  };
}

const platform = `${process.platform}-${process.arch}`;

interface GoProgramSource {
  readonly title: string;
  readonly name: string;
  readonly folder: string;
  readonly files: readonly string[];
  readonly variables: string;
  readonly package: string;
  readonly binary: string;
}

function goProgram(source: GoProgramSource): GoProgram {
  // Without paths of this machine, debug symbols and the state of the user's repository.
  const flags = [
    "-mod=readonly",
    "-trimpath",
    "-buildvcs=false",
    `-ldflags=-s -w ${source.variables}`.trim(),
  ];
  const files = source.files.map((file) => `${source.folder}/${file}`);
  return {
    title: source.title,
    part: `${source.name}-${platform}-${key(files, flags)}`,
    module: toolchainPath(source.folder),
    flags,
    package: source.package,
    binary: source.binary,
  };
}

function key(files: readonly string[], values: readonly string[]): string {
  const digest = createHash("sha256");
  for (const file of files) {
    digest
      .update(`${file}\0`)
      .update(readFileSync(toolchainPath(file)))
      .update("\0");
  }
  for (const value of values) digest.update(`${value}\0`);
  return digest.digest("hex").slice(0, 12);
}

function sourcesIn(folder: string): readonly string[] {
  const names = readdirSync(toolchainPath(folder)).sort();
  return names.map((name) => `${folder}/${name}`);
}

function inModule(folder: string, pattern: RegExp): string {
  const value = pattern.exec(readFileSync(toolchainPath(folder, "go.mod"), "utf8"))?.[1];
  if (value === undefined) throw new Error(`toolchain/${folder}/go.mod has no ${pattern}`);
  return value;
}

function pinnedVersions<Name extends string>(...names: readonly Name[]): Readonly<Record<Name, string>> {
  const manifest = readFileSync(toolchainPath("..", "package.json"), "utf8");
  const versions = names.map((name) => {
    const version = new RegExp(`"${name}": "(\\d[^"]*)"`).exec(manifest)?.[1];
    if (version === undefined) throw new Error(`package.json does not pin ${name}`);
    return [name, version] as const;
  });
  // Made of exactly the names that were asked for.
  return Object.fromEntries(versions) as Record<Name, string>;
}
