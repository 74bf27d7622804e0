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
   * Cancels the deployment: the engine is asked to stop, told to after ten seconds and killed with its children after
   * five more. Abort with the reason "SIGINT" when the terminal has interrupted an interactive engine already: asked
   * twice, it would not finish what it is doing.
   */
  readonly signal?: AbortSignal;
}

/** How the engine ended: its exit status and, unless interactive, what it wrote. */
export type PulumiRun = Ended;

const patience = { terminate: 10_000, kill: 15_000 };

/** Runs the command line to its end. Throws if it cannot be started. */
export async function runPulumi(
  toolchain: Toolchain,
  args: readonly string[],
  options: RunOptions,
): Promise<PulumiRun> {
  const timers: NodeJS.Timeout[] = [];
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
          setTimeout(sendSignal, patience.terminate, pid, "SIGTERM"),
          setTimeout(killTree, patience.kill, pid),
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
