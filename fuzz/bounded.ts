import { Worker } from "node:worker_threads";
import { describeFailure, estateOf } from "./cases.ts";
import type { Progress, Work } from "./worker.ts";

/** What a case may take. */
export interface Bounds {
  readonly seconds: number;
  /** Of the heap, the fuzzer's own part included. */
  readonly mebibytes: number;
}

/** How a run ended. */
export interface Outcome {
  /** Cases without a fault. */
  readonly passed: number;
  /** The slowest of them. */
  readonly slowest: { readonly seed: number; readonly milliseconds: number };
  /** The case at which the run ended, described for people; undefined if all passed. */
  readonly failure: string | undefined;
}

/** Runs `cases` cases, of the seeds from `seed` on, and ends with the first that has a fault or leaves its bounds. */
export function runCases(seed: number, cases: number, bounds: Bounds): Promise<Outcome> {
  const workerData: Work = { first: seed, end: seed + cases };
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: bounds.mebibytes },
  });
  let current = seed;
  let passed = 0;
  let slowest = { seed, milliseconds: 0 };
  let failure: string | undefined;
  const failAt = (fault: string) => {
    failure ??= describeFailure({ seed: current, fault, entries: estateOf(current).entries });
    void worker.terminate();
  };
  const watchdog = setTimeout(() => failAt(`takes more than ${bounds.seconds} s`), bounds.seconds * 1000);

  return new Promise((resolve) => {
    worker.on("message", (progress: Progress) => {
      watchdog.refresh();
      current = progress.seed;
      if (progress.kind === "failed") failure = progress.description;
      if (progress.kind !== "passed") return;
      passed += 1;
      if (progress.milliseconds > slowest.milliseconds) slowest = progress;
    });
    worker.on("error", (error: Error) => failAt(`ends the process: ${error.message}`));
    worker.on("exit", () => {
      clearTimeout(watchdog);
      resolve({ passed, slowest, failure });
    });
  });
}
