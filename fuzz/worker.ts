// Runs cases one after the other and says before each which one it is: who started it stops it if one does not end.
import { performance } from "node:perf_hooks";
import { parentPort, workerData } from "node:worker_threads";
import { describeFailure, runCase } from "./cases.ts";
import { faultOf } from "./judge.ts";

/** The cases to run: seeds from `first` to before `end`, one each. */
export interface Work {
  readonly first: number;
  readonly end: number;
}

/** What is said of a case. */
export type Progress =
  | { readonly kind: "started"; readonly seed: number }
  | { readonly kind: "passed"; readonly seed: number; readonly milliseconds: number }
  | { readonly kind: "failed"; readonly seed: number; readonly description: string };

const { first, end } = workerData as Work; // as: bounded.ts starts it
const tell = (progress: Progress) => parentPort?.postMessage(progress);

for (let seed = first; seed < end; seed += 1) {
  tell({ kind: "started", seed });
  const start = performance.now();
  const failure = runCase(seed, faultOf);
  if (failure) {
    tell({ kind: "failed", seed, description: describeFailure(failure) });
    break;
  }
  tell({ kind: "passed", seed, milliseconds: performance.now() - start });
}
