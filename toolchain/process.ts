// Child processes that are ended with all of their children.
import { execFileSync, spawn } from "node:child_process";
import { accessSync, constants, readdirSync, readFileSync, statSync } from "node:fs";
import { constants as osConstants } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { createInterface } from "node:readline";
import type { Environment } from "./types.ts";

/** How a child process ended, and what it wrote unless its output was inherited. */
export interface Ended {
  /** The exit status, or 128 and the signal's number as shells have it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A line that a child process wrote, without its end. */
export type OnLine = (line: string, stream: "stdout" | "stderr") => void;

/** How to run a child process. */
export interface ChildOptions {
  readonly cwd?: string;
  readonly env: Environment;
  readonly onLine?: OnLine | undefined;
  /** The child uses this process's terminal and belongs to its foreground group. */
  readonly interactive?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called once when `signal` aborts, with the child's id; by default the child is killed with its children. */
  readonly onAbort?: (pid: number) => void;
}

/** Runs `command` to its end. One that cannot be started ends with status 127, as in shells, and says why on stderr. */
export function runChild(command: string, args: readonly string[], options: ChildOptions): Promise<Ended> {
  const { interactive = false, signal, onAbort = killTree, onLine } = options;
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    // A group of its own, so that an interrupt from the terminal reaches the child only through `onAbort`, once.
    detached: !interactive,
    stdio: interactive ? "inherit" : ["ignore", "pipe", "pipe"],
  });
  const { pid } = child;
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream]?.setEncoding("utf8").on("data", (chunk: string) => {
      output[stream] += chunk;
    });
    const source = child[stream];
    if (source && onLine) createInterface({ input: source }).on("line", (line) => onLine(line, stream));
  }
  const abort = () => pid !== undefined && onAbort(pid);
  const kill = () => pid !== undefined && killTree(pid);
  signal?.addEventListener("abort", abort, { once: true });
  process.once("exit", kill);
  if (signal?.aborted) abort();
  return new Promise<Ended>((resolve) => {
    child.on("error", (error) => resolve({ exitCode: 127, stdout: "", stderr: error.message }));
    child.on("close", (code, killedBy) =>
      resolve({ ...output, exitCode: code ?? 128 + signalNumber(killedBy) }),
    );
  }).finally(() => {
    signal?.removeEventListener("abort", abort);
    process.removeListener("exit", kill);
  });
}

/** Kills a process, its group and all of their children at once. A process that is gone is no error. */
export function killTree(pid: number): void {
  const children = descendants(pid);
  for (const victim of [-pid, pid, ...children]) sendSignal(victim, "SIGKILL");
}

/** Sends a signal to a process, or to a group when `pid` is negative; one that is gone is no error. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}

/** Absolute path of the first executable file called `name` on `path`. */
export function findExecutable(name: string, path: string | undefined): string | undefined {
  const candidates = (path ?? "")
    .split(delimiter)
    .filter(isAbsolute)
    .map((directory) => join(directory, name));
  return candidates.find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Ids of all processes below `root`, parents before their children. */
export function descendants(root: number): readonly number[] {
  const parents = processParents();
  const found = [root];
  for (const parent of found) {
    for (const [pid, ppid] of parents) if (ppid === parent) found.push(pid);
  }
  return found.slice(1);
}

function processParents(): ReadonlyMap<number, number> {
  return process.platform === "linux" ? parentsFromProc() : parentsFromPs();
}

// Slim containers have no `ps`.
function parentsFromProc(): ReadonlyMap<number, number> {
  const parents = new Map<number, number>();
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      // pid (name) state ppid …; the name may hold spaces and parentheses.
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      const ppid = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
      parents.set(Number(entry), Number(ppid));
    } catch {
      // It has ended in the meantime.
    }
  }
  return parents;
}

function parentsFromPs(): ReadonlyMap<number, number> {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  return new Map(lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]));
}

function signalNumber(signal: NodeJS.Signals | null): number {
  return signal === null ? 0 : osConstants.signals[signal];
}
