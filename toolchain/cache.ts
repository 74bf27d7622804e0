// The user's cache: one directory per part, complete or not there at all.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { type Activity, startActivity } from "./activity.ts";
import { acquireLock, type Lock } from "./lock.ts";
import { type Environment, Refusal, type Report } from "./types.ts";

/** `$XDG_CACHE_HOME/rolebook`, by default `~/.cache/rolebook`. */
export function cacheDirectory(env: Environment): string {
  const { XDG_CACHE_HOME: xdg = "", HOME: home } = env;
  return join(isAbsolute(xdg) ? xdg : join(home || homedir(), ".cache"), "rolebook");
}

/** A part to get: where, what it is called for people, and how it is made in an empty directory. */
export interface Making {
  readonly cache: string;
  readonly part: string;
  readonly title: string;
  readonly make: (directory: string) => Promise<void>;
  readonly report: Report;
  readonly signal: AbortSignal;
}

/**
 * The part's directory, made unless it is there. Two runs do not make it twice: the second waits. What an interrupted
 * run left is removed. Throws a `Refusal` if the cache cannot be written, and whatever `make` throws.
 */
export async function obtainPart(making: Making): Promise<string> {
  const { cache, part, make, signal } = making;
  const directory = join(cache, part);
  if (existsSync(directory)) return directory;
  const lock = await lockPart(making);
  try {
    if (existsSync(directory)) return directory;
    removeLeftovers(cache, part);
    const staging = mkdtempSync(join(cache, stagingPrefix(part)));
    try {
      await make(staging);
      signal.throwIfAborted();
      renameSync(staging, directory);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
    return directory;
  } finally {
    lock.release();
  }
}

async function lockPart({ cache, part, title, report, signal }: Making): Promise<Lock> {
  let waiting: Activity | undefined;
  try {
    mkdirSync(cache, { recursive: true });
    const lock = await acquireLock(
      join(cache, `${part}.lock`),
      (holder) => {
        waiting = startActivity(report, `waiting for process ${holder}, which is making ${title}`);
      },
      signal,
    );
    waiting?.end("finished");
    return lock;
  } catch (error) {
    waiting?.end("failed");
    throw isUnwritable(error) ? unwritable(cache, error) : error;
  }
}

function stagingPrefix(part: string): string {
  return `.making-${part}-`;
}

// Called by the holder of the lock: nobody else is making this part.
function removeLeftovers(cache: string, part: string): void {
  for (const name of readdirSync(cache)) {
    if (name.startsWith(stagingPrefix(part))) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

const unwritableCodes = ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST", "ENOENT", "ENOSPC"];

function isUnwritable(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && unwritableCodes.includes(String(error.code));
}

function unwritable(cache: string, error: NodeJS.ErrnoException): Refusal {
  return new Refusal(
    "cache-unwritable",
    `the cache directory ${cache} cannot be written (${error.code})`,
    "make it writable, or set XDG_CACHE_HOME to a directory that is",
  );
}
