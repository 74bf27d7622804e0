// Runs the engine with its parts on PATH and ends it with all that it started.
import { dirname, join } from "node:path";
import { type Ended, killTree, type OnLine, runChild, sendSignal } from "./process.ts";
import type { Environment, Toolchain } from "./types.ts";

/** How to run the engine. */
export interface RunOptions {
  /** The directory of Pulumi.yaml. */
  readonly cwd: string;
  readonly env: Environment;
  /** Receives each line as it is written; everything is in the result, too. */
  readonly onLine?: OnLine;
  /** The engine asks and shows on this process's terminal; nothing is captured. */
  readonly interactive?: boolean;
  /**
   * Cancels the deployment: the engine is asked to stop, and told to and in the end killed with its children when its
   * time is over. Abort with the reason "SIGINT" when the terminal has interrupted an interactive engine already: asked
   * twice, it would not finish what it is doing.
   */
  readonly signal?: AbortSignal;
  /** Seconds that a cancelled engine has before it is told to stop, by default 10; it has half as much after that. */
  readonly patience?: number;
}

/** How the engine ended: its exit status and, unless interactive, what it wrote. */
export type PulumiRun = Ended;

/** Runs the command line to its end. */
export async function runPulumi(
  toolchain: Toolchain,
  args: readonly string[],
  options: RunOptions,
): Promise<PulumiRun> {
  const timers: NodeJS.Timeout[] = [];
  const patience = (options.patience ?? 10) * 1000;
  try {
    return await runChild(toolchain.pulumi, args, {
      cwd: options.cwd,
      env: engineEnvironment(toolchain, options.env),
      onLine: options.onLine,
      interactive: options.interactive,
      signal: options.signal,
      onAbort(pid) {
        const interrupted = options.interactive && options.signal?.reason === "SIGINT";
        if (!interrupted) sendSignal(pid, "SIGINT");
        timers.push(
          setTimeout(sendSignal, patience, pid, "SIGTERM"),
          setTimeout(killTree, patience * 1.5, pid),
        );
      },
    });
  } finally {
    timers.forEach(clearTimeout);
  }
}

// The engine finds its parts, and programs find the Node.js that runs this process.
function engineEnvironment(toolchain: Toolchain, env: Environment): Environment {
  const path = [...toolchain.pathEntries, dirname(process.execPath), env.PATH].filter(Boolean).join(":");
  return {
    // Compiling the SDK takes more than half a second of every run.
    NODE_COMPILE_CACHE: join(toolchain.cacheDirectory, "node-compile-cache"),
    ...env,
    PATH: path,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Our plugin is found on PATH only.
    ...(toolchain.plugin === "built" && { PULUMI_IGNORE_AMBIENT_PLUGINS: "false" }),
  };
}
