// The order in which a toolchain is looked for and got: an installed Pulumi, Pulumi's download, a build.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { startActivity } from "./activity.ts";
import { cacheDirectory, obtainPart } from "./cache.ts";
import { buildGoProgram } from "./go.ts";
import { makeCommandLine } from "./host.ts";
import { type GoProgram, type Inputs, readInputs } from "./inputs.ts";
import { findInstalled } from "./installed.ts";
import { type Ended, findExecutable } from "./process.ts";
import {
  type Environment,
  type FailureReason,
  Refusal,
  type Report,
  type Toolchain,
  type ToolchainFailure,
} from "./types.ts";
import { fetchVendorPlugin, hasVendorPlugin, type InstallVendor, installVendor } from "./vendor.ts";

/** Where to look for a toolchain. */
export interface FindOptions {
  readonly env: Environment;
  /** By default `$XDG_CACHE_HOME/rolebook`. */
  readonly cacheDirectory?: string;
}

/** How to get one that is not there. */
export interface EnsureOptions extends FindOptions {
  readonly report: Report;
  /** Stops a download or a build and removes what it left; an interrupt from the terminal does not do it by itself. */
  readonly signal: AbortSignal;
}

/** The toolchain that is there, or `missing`. Touches no network; milliseconds, unless a new installation is met. */
export async function findToolchain(options: FindOptions): Promise<Toolchain | ToolchainFailure> {
  const search = startSearch(options);
  const engine = await findEngine(search);
  const toolchain = engine && complete(search, engine);
  if (toolchain) return toolchain;
  const missing = engine ? "the Auth0 plugin is not there yet" : "there is no Pulumi engine yet";
  return failure("missing", missing, "the first run that needs it gets it", search);
}

/**
 * The toolchain that is there, or else one that is downloaded or built. The outside world's refusals are values; only
 * bugs throw. `download` stands for Pulumi's installer.
 */
export async function ensureToolchain(
  options: EnsureOptions,
  download: InstallVendor = installVendor,
): Promise<Toolchain | ToolchainFailure> {
  const search = startSearch(options);
  const getting: Getting = { ...search, report: options.report, signal: options.signal };
  try {
    options.signal.throwIfAborted();
    const engine =
      (await findEngine(search)) ?? (await downloadEngine(getting, download)) ?? (await buildEngine(getting));
    return complete(search, engine) ?? (await getPlugin(getting, engine));
  } catch (error) {
    if (options.signal.aborted)
      return failure("cancelled", "getting the Pulumi engine was cancelled", "run it again", search);
    if (error instanceof Refusal) return failure(error.reason, error.message, error.help, search);
    throw error;
  }
}

interface Search {
  readonly env: Environment;
  readonly cache: string;
  readonly inputs: Inputs;
  readonly why: string[];
}

interface Getting extends Search {
  readonly report: Report;
  readonly signal: AbortSignal;
}

type Engine = Pick<Toolchain, "source" | "pulumi" | "version">;

function startSearch({ env, cacheDirectory: cache = cacheDirectory(env) }: FindOptions): Search {
  return { env, cache, inputs: readInputs(), why: [] };
}

async function findEngine({ env, cache, inputs, why }: Search): Promise<Engine | undefined> {
  const installed = await findInstalled(env, inputs.pulumi, cache);
  why.push(installed.why);
  if (installed.usable) return { source: "path", pulumi: installed.pulumi, version: installed.version };
  const version = inputs.pulumi;
  const downloaded = join(cache, inputs.vendor, "bin", "pulumi");
  if (existsSync(downloaded)) {
    why.push(`downloaded earlier by Pulumi's installer to ${join(cache, inputs.vendor)}`);
    return { source: "vendor", pulumi: downloaded, version };
  }
  const built = join(cache, inputs.commandLine, "pulumi");
  if (!existsSync(built)) return undefined;
  why.push(`built earlier from Go modules in ${join(cache, inputs.commandLine)}`);
  return { source: "built", pulumi: built, version };
}

function complete({ env, cache, inputs, why }: Search, engine: Engine): Toolchain | undefined {
  const beside = dirname(engine.pulumi);
  const toolchain = { ...engine, cacheDirectory: cache, why };
  if (engine.source !== "built" && hasVendorPlugin(env, inputs.plugin)) {
    return { ...toolchain, plugin: "vendor", pathEntries: [beside] };
  }
  const provider = join(cache, inputs.provider.part);
  if (!existsSync(provider)) return undefined;
  why.push(`the Auth0 plugin was built from Auth0's Terraform provider in ${provider}`);
  return { ...toolchain, plugin: "built", pathEntries: [beside, provider] };
}

async function downloadEngine(getting: Getting, download: InstallVendor): Promise<Engine | undefined> {
  const { env, cache, inputs, why, signal } = getting;
  // Only the language host is new: what could not be downloaded then is not tried again.
  if (existsSync(join(cache, inputs.engine.part))) return undefined;
  const title = `Pulumi ${inputs.pulumi}`;
  const make = async (directory: string) => {
    const refused = await tryDownload(getting, title, () => download(directory, env, signal));
    if (refused !== undefined) throw new DownloadRefused(refused);
  };
  try {
    const directory = await obtainPart({ ...getting, part: inputs.vendor, title, make });
    why.push(`downloaded by Pulumi's installer to ${directory}`);
    return { source: "vendor", pulumi: join(directory, "bin", "pulumi"), version: inputs.pulumi };
  } catch (error) {
    if (!(error instanceof DownloadRefused)) throw error;
    why.push(`Pulumi's installer failed: ${error.message}`);
    return undefined;
  }
}

class DownloadRefused extends Error {}

/** Why the download failed, or nothing. */
async function tryDownload(
  { report, signal }: Getting,
  title: string,
  download: () => Promise<Ended>,
): Promise<string | undefined> {
  const activity = startActivity(report, `downloading ${title}`);
  const { exitCode, stderr } = await download();
  activity.end(exitCode === 0 ? "finished" : "failed");
  signal.throwIfAborted();
  return exitCode === 0 ? undefined : (stderr.trim().split("\n").at(-1) ?? "");
}

async function buildEngine(getting: Getting): Promise<Engine> {
  const { inputs, why } = getting;
  const engine = join(await build(getting, inputs.engine), inputs.engine.binary);
  const make = (directory: string) => makeCommandLine(engine, directory);
  const directory = await obtainPart({
    ...getting,
    part: inputs.commandLine,
    title: "the language host",
    make,
  });
  why.push(`built from Go modules in ${directory}`);
  return { source: "built", pulumi: join(directory, "pulumi"), version: inputs.pulumi };
}

async function getPlugin(getting: Getting, engine: Engine): Promise<Toolchain> {
  const { env, inputs, why, signal } = getting;
  if (engine.source !== "built") {
    const refused = await tryDownload(getting, `the Auth0 plugin ${inputs.plugin}`, () =>
      fetchVendorPlugin(engine.pulumi, inputs.plugin, env, signal),
    );
    const toolchain = complete(getting, engine);
    if (toolchain) return toolchain;
    why.push(`the Auth0 plugin cannot be downloaded: ${refused ?? "it is not where it was installed"}`);
  }
  await build(getting, inputs.provider);
  const toolchain = complete(getting, engine);
  if (toolchain === undefined) throw new Error("the Auth0 plugin is not where it was built");
  return toolchain;
}

function build(getting: Getting, program: GoProgram): Promise<string> {
  const { env, inputs, why, report, signal } = getting;
  const go = findExecutable("go", env.PATH);
  if (go === undefined) {
    why.push("no go on PATH");
    throw new Refusal(
      "no-way",
      `there is no way to get ${program.title}: ${why.join("; ")}`,
      `install Pulumi ${inputs.pulumi} or newer (https://www.pulumi.com/docs/install/), or Go ${inputs.go} or newer ` +
        "(https://go.dev/dl/) to build it, and run this again",
    );
  }
  const make = (directory: string) =>
    buildGoProgram(program, directory, { go, needed: inputs.go, env, report, signal });
  return obtainPart({ ...getting, part: program.part, title: program.title, make });
}

function failure(reason: FailureReason, message: string, help: string, { why }: Search): ToolchainFailure {
  return { source: "none", reason, message, help, why };
}
