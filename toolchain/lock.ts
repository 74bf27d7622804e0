// One run at a time makes a part: a lock file that names its holder. The holder touches it while it lives; a lock whose
// holder has ended, or has not touched it for a while, is taken over. Should two ever hold it, both make the same part
// and the second rename finds the first one's.
import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";

/** A lock that this process holds. */
export interface Lock {
  release(): void;
}

const touchEvery = 5_000;
const abandonedAfter = 60_000;
const lookEvery = 200;

/**
 * Waits until this process holds the lock file `path`. `onWait` is called once, with the holder's process id, if another
 * one holds it. Rejects when `signal` aborts.
 */
export async function acquireLock(
  path: string,
  onWait: (holder: number) => void,
  signal: AbortSignal,
): Promise<Lock> {
  const mine = [process.pid, hostname(), randomUUID(), ""].join("\n");
  let waiting = false;
  while (!claim(path, mine)) {
    const holder = read(path);
    if (holder === undefined) continue;
    if (isAbandoned(path, holder)) {
      takeAway(path, holder);
      continue;
    }
    if (!waiting) onWait(holder.pid);
    waiting = true;
    await delay(lookEvery, undefined, { signal });
  }
  const heartbeat = setInterval(() => touch(path), touchEvery).unref();
  return {
    release() {
      clearInterval(heartbeat);
      if (read(path)?.text === mine) rmSync(path, { force: true });
    },
  };
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly text: string;
}

// Written beside and linked, so that a lock is never seen half written.
function claim(path: string, text: string): boolean {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, text);
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function read(path: string): Holder | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
  const [pid, host = ""] = text.split("\n");
  return { pid: Number(pid), host, text };
}

function isAbandoned(path: string, holder: Holder): boolean {
  if (holder.host === hostname() && !isAlive(holder.pid)) return true;
  const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return touched !== undefined && Date.now() - touched > abandonedAfter;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

// Another waiter may have taken it over since it was read: then it is put back.
function takeAway(path: string, abandoned: Holder): void {
  const aside = `${path}.${process.pid}.abandoned`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, "utf8") !== abandoned.text) linkSync(aside, path);
  } catch {
    // Somebody was quicker.
  }
  rmSync(aside, { force: true });
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Taken over, or the cache was emptied: the build goes on.
  }
}
