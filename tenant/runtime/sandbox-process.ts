import { fork } from "node:child_process";
import type { Socket } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseMessage } from "./messages.ts";
import type { PackageSet } from "./packages.ts";
import type { ConsoleLine, Effect, FromSandbox, Job, ThrownError, ToSandbox } from "./protocol.ts";
import type { Network } from "./sandbox/network.ts";

const entry = fileURLToPath(new URL("./sandbox/main.ts", import.meta.url));

/** Milliseconds a process has to answer after an execution, before it is taken to be stuck. */
const READY_WITHIN = 1000;

/** How an execution ended, before its value is parsed. */
export type Ending =
  | { readonly kind: "done"; readonly valueJson: string }
  | { readonly kind: "failed"; readonly error: ThrownError }
  /** Stopped at the deadline. */
  | { readonly kind: "deadline" }
  /** The process ended by itself: `process.exit`, or out of memory. */
  | { readonly kind: "crash" };

/** Is told what an execution does while it runs. */
export interface Watcher {
  print(line: ConsoleLine): void;
  /** One policy has run; they come in order. */
  ran(step: { readonly milliseconds: number; readonly effects: readonly Effect[] }): void;
}

/** A process that runs one execution at a time. */
export interface SandboxProcess {
  /**
   * How the execution ended, and whether the process answers and may run another. Never rejects. After `deadline`
   * milliseconds, in which its start does not count, the process is killed.
   */
  run(
    work: { readonly job: Job; readonly packages: readonly PackageSet[] },
    deadline: number,
    watcher: Watcher,
  ): Promise<{ readonly ending: Ending; readonly reusable: boolean }>;
  /** False once it has ended, by `kill` or by itself. */
  isAlive(): boolean;
  kill(): void;
}

/** Heap of a sandbox process, in megabytes. */
const HEAP = 128;

/**
 * What the system enforces, whatever code does: no core dumps; 1280 MB of data (KiB), of which Node takes half at its start;
 * 300 seconds of processor time. Through a shell, since Node cannot set them. A second shell waits for a line from the
 * tenant; when the tenant is gone without one, it kills the process, which may be in an endless loop.
 */
const limits =
  "ulimit -c 0; ulimit -d 1310720; ulimit -t 300; " +
  '(exec 3<&-; read -r _ <&4 || kill -9 $$) & exec "$0" "$@" 4<&-';

/** Milliseconds of executions after which a process is replaced, long before its processor time is used up. */
const USED_UP = 100_000;

/** Milliseconds that what goes on behind an execution's end has left. */
const AFTERWARDS = 5000;

export interface SandboxOptions {
  /** Certificates (PEM) that are trusted in addition to those that Node brings. */
  readonly certificates: readonly string[];
  readonly network: Network;
}

/** Starts a process without disk (but for its own sources), environment, child processes and workers. */
export function startSandboxProcess(options: SandboxOptions): SandboxProcess {
  const child = fork(entry, [], {
    env: {},
    cwd: "/",
    stdio: ["ignore", "ignore", "ignore", "ipc", "pipe"],
    execPath: "/bin/sh",
    execArgv: [
      "-c",
      limits,
      process.execPath,
      "--permission",
      `--allow-fs-read=${path.dirname(entry)}/*`,
      "--frozen-intrinsics",
      "--disallow-code-generation-from-strings",
      `--max-old-space-size=${HEAP}`,
      "--no-warnings",
    ],
  });
  // Idle, the process does not keep this one alive; while it runs something, it does.
  const hold = () => {
    child.ref();
    child.channel?.ref();
  };
  const letGo = () => {
    child.unref();
    child.channel?.unref();
  };
  letGo();
  const leash = child.stdio[4] as Socket;
  leash.unref();
  leash.on("error", () => {});

  const given = new Set<string>();
  let runs = 0;
  let used = 0;
  let exited = false;
  const started = Promise.withResolvers<void>();
  let onMessage: (message: FromSandbox) => void = () => started.resolve();
  let onExit: () => void = () => started.resolve();

  const send = (message: ToSandbox) => {
    if (child.connected) child.send(message, () => {});
  };
  const kill = () => void child.kill("SIGKILL");
  child.on("message", (message: unknown) => {
    const parsed = parseMessage(message);
    if (parsed?.run === runs) onMessage(parsed);
  });
  const exit = () => {
    exited = true;
    leash.end("ended\n");
    onExit();
  };
  child.once("exit", exit);
  child.once("error", exit);
  send({ type: "begin", ...options });

  const run: SandboxProcess["run"] = async ({ job, packages }, deadline, watcher) => {
    hold();
    await started.promise;
    runs += 1;
    const begun = performance.now();
    return new Promise((resolve) => {
      let timer = setTimeout(() => settle({ kind: "deadline" }, false), deadline);
      const settle = (ending: Ending, answers: boolean, busy = false) => {
        clearTimeout(timer);
        used += performance.now() - begun;
        const reusable = answers && !busy && used < USED_UP;
        if (answers && busy) setTimeout(kill, AFTERWARDS).unref();
        else if (!reusable) kill();
        letGo();
        resolve({ ending, reusable });
      };
      // The result is held back until the process has shown that what the policy left behind does not block it.
      const settleWhenReady = (ending: Ending) => {
        clearTimeout(timer);
        timer = setTimeout(() => settle(ending, false), READY_WITHIN);
        onExit = () => settle(ending, false);
        onMessage = (message) => {
          if (message.type === "ready") settle(ending, true, message.busy);
        };
      };
      onExit = () => settle({ kind: "crash" }, false);
      onMessage = (message) => {
        if (message.type === "console") watcher.print(message.line);
        else if (message.type === "ran") watcher.ran(message);
        else if (message.type === "done") settleWhenReady({ kind: "done", valueJson: message.valueJson });
        else if (message.type === "failed" && message.reusable)
          settleWhenReady({ kind: "failed", error: message.error });
        else if (message.type === "failed") settle({ kind: "failed", error: message.error }, false);
      };
      if (exited) return onExit();
      for (const { key, code } of packages)
        if (!given.has(key)) {
          given.add(key);
          send({ type: "packages", key, code });
        }
      send({ type: "run", run: runs, job });
    });
  };

  return { run, isAlive: () => !exited, kill };
}
