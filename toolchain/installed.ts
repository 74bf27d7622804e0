// An installed Pulumi: is there one, is it new enough, does it run Node.js programs.
import { existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findExecutable, runChild } from "./process.ts";
import type { Environment } from "./types.ts";

/** A usable installation, or why there is none. */
export type Installed =
  | { readonly usable: true; readonly pulumi: string; readonly version: string; readonly why: string }
  | { readonly usable: false; readonly why: string };

/** The `pulumi` on PATH, if it is at least `needed` and has its Node.js language host. Asks it for its version once. */
export async function findInstalled(env: Environment, needed: string, cache: string): Promise<Installed> {
  const pulumi = findExecutable("pulumi", env.PATH);
  if (pulumi === undefined) return { usable: false, why: "no pulumi on PATH" };
  const version = await versionOf(pulumi, env, cache);
  if (version === undefined) return { usable: false, why: `${pulumi} does not say its version` };
  const found = `${pulumi} on PATH has version ${version}`;
  if (!isAtLeast(version, needed)) return { usable: false, why: `${found}, older than ${needed}` };
  const host = "pulumi-language-nodejs";
  const besides = [dirname(pulumi), dirname(realpathSync(pulumi))];
  if (!besides.some((directory) => existsSync(join(directory, host))) && !findExecutable(host, env.PATH)) {
    return { usable: false, why: `${found}, but ${host} is not beside it` };
  }
  return { usable: true, pulumi, version, why: found };
}

// Asking takes a tenth of a second: the answer is kept as long as the file is the same.
async function versionOf(pulumi: string, env: Environment, cache: string): Promise<string | undefined> {
  const { size, mtimeMs } = statSync(pulumi);
  const same = `${realpathSync(pulumi)} ${size} ${mtimeMs}`;
  const kept = join(cache, "installed");
  const [keptFor, keptVersion] = readLines(kept);
  if (keptFor === same && keptVersion) return keptVersion;
  const { stdout } = await runChild(pulumi, ["version"], {
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    signal: AbortSignal.timeout(10_000),
  });
  const version = /^v?(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1];
  if (version !== undefined) keep(kept, `${same}\n${version}\n`);
  return version;
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}

function keep(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch {
    // Without a cache it is asked again next time.
  }
}

function isAtLeast(version: string, needed: string): boolean {
  const [ours = [], least = []] = [version, needed].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  for (const [index, number] of ours.entries()) {
    if (number !== least[index]) return number > (least[index] ?? 0);
  }
  return true;
}
