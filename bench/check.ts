// How long `rolebook check` takes and what it needs, on estates of all sizes, beside processes that do less.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withCheckout } from "./checkout.ts";
import { type EstateSize, type MadeEstate, makeEstate, sizes } from "./estate.ts";
import { type Measured, measure } from "./measure.ts";

/** What was measured on one estate. */
export interface CheckedEstate {
  readonly size: EstateSize;
  readonly estate: MadeEstate;
  readonly check: Measured;
  /** The yaml library alone on the same files. */
  readonly parseOnly: Measured;
}

/** What was measured in one run of the benchmark. */
export interface CheckBenchmark {
  readonly empty: Measured;
  readonly estates: readonly CheckedEstate[];
}

const main = "src/cli/rolebook.js";
const parseOnly = join(import.meta.dirname, "parse-only.ts");

/** Measures all sizes; each process runs `runs` times, and once before to fill caches. */
export function benchmarkCheck(seed: number, runs: number): CheckBenchmark {
  const estates = sizes.map((size): CheckedEstate => {
    const estate = makeEstate(size, seed);
    return withCheckout(estate.files, (directory) => {
      measure([main, "generate"], directory, 0);
      return {
        size,
        estate,
        check: measure([main, "check"], directory, runs),
        parseOnly: measure([parseOnly], directory, runs),
      };
    });
  });
  const nowhere = mkdtempSync(join(tmpdir(), "rolebook-bench-"));
  try {
    return { empty: measure(["--eval", "0"], nowhere, runs), estates };
  } finally {
    rmSync(nowhere, { recursive: true });
  }
}
