import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describeEntry, type Entries, writeEntries } from "./entry.ts";
import { anyEstate, type FuzzedEstate } from "./estates.ts";

/** Says what is wrong with the check of the checkout at `root`; what it throws is wrong, too. */
export type Judge = (root: string, wrong: string | undefined) => string | undefined;

/** An estate, as small as it gets, of which the judge finds a fault. */
export interface Failure {
  /** Of this one case. */
  readonly seed: number;
  readonly fault: string;
  readonly entries: Entries;
}

/** Judges the one estate that the seed determines; if there is a fault, the smallest one found that has any. */
export function runCase(seed: number, judge: Judge): Failure | undefined {
  const property = fc.property(anyEstate, (estate) => {
    return faultIn(estate, judge) === undefined;
  });
  const { counterexample } = fc.check(property, { seed, numRuns: 1 });
  if (!counterexample) return undefined;
  let [smallest] = counterexample;
  for (const path of smallest.entries.keys()) {
    const fewer = { ...smallest, entries: new Map([...smallest.entries].filter(([each]) => each !== path)) };
    if (path !== smallest.wrong && faultIn(fewer, judge) !== undefined) smallest = fewer;
  }
  return { seed, fault: faultIn(smallest, judge) ?? "passes the second time", entries: smallest.entries };
}

/** The estate that the seed determines, not judged. */
export function estateOf(seed: number): FuzzedEstate {
  let estate: FuzzedEstate = { entries: new Map(), wrong: undefined };
  const property = fc.property(anyEstate, (each) => {
    estate = each;
  });
  fc.assert(property, { seed, numRuns: 1 });
  return estate;
}

/** A failure as people read it: what is wrong, how to see it again, and the files. */
export function describeFailure({ seed, fault, entries }: Failure): string {
  const files = [...entries].map(([path, entry]) => `-- ${JSON.stringify(path)} --\n${describeEntry(entry)}`);
  return `${fault}\nsee it again: npm run fuzz -- --cases 1 --seed ${seed}\n\n${files.join("\n")}\n`;
}

function faultIn({ entries, wrong }: FuzzedEstate, judge: Judge): string | undefined {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "rolebook-fuzz-")));
  try {
    writeEntries(root, entries);
    return judge(root, wrong);
  } catch (error) {
    return `throws ${(error instanceof Error && error.stack) || String(error)}`;
  } finally {
    rmSync(root, { recursive: true });
  }
}
