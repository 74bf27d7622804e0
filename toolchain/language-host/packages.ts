// What a program's package.json depends on, as installed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** A direct dependency of the program. */
export interface Dependency {
  readonly name: string;
  readonly version: string;
}

/** A resource plugin that an SDK among the dependencies needs; without a server the engine knows where to get it. */
export interface RequiredPlugin extends Dependency {
  readonly server: string;
}

/** The installed direct dependencies of the program in `directory`, by name; those that are missing are left out. */
export function dependenciesOf(directory: string): readonly Dependency[] {
  return installedManifests(directory).map(({ name, manifest }) => ({
    name,
    version: text(manifest.version),
  }));
}

/** The resource plugins named in the manifests of the direct dependencies (`pulumi.resource`), by package name. */
export function requiredPlugins(directory: string): readonly RequiredPlugin[] {
  return installedManifests(directory).flatMap(({ name, manifest }) => {
    const pulumi = record(manifest.pulumi);
    if (pulumi.resource !== true) return [];
    return [
      {
        name: text(pulumi.name) || name.replace(/^@pulumi\//, ""),
        version: `v${text(pulumi.version) || text(manifest.version)}`,
        server: text(pulumi.server),
      },
    ];
  });
}

interface Installed {
  readonly name: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

function installedManifests(directory: string): readonly Installed[] {
  const own = join(directory, "package.json");
  const searched = createRequire(own).resolve.paths("any") ?? [];
  return Object.keys(record(manifestAt(own)?.dependencies))
    .sort()
    .flatMap((name) => {
      for (const folder of searched) {
        const manifest = manifestAt(join(folder, name, "package.json"));
        if (manifest !== undefined) return [{ name, manifest }];
      }
      return [];
    });
}

function manifestAt(path: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return record(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  // An object of JSON has text keys.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
