import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { readSources } from "../src/compile/index.ts";
import { type Checked, compareText } from "../src/model/diagnostic.ts";
import type { SourceFile } from "../src/model/source.ts";
import { describeEntry, type Entries, writeEntries } from "./entry.ts";
import { anyEstate, type FuzzedEstate } from "./estates.ts";

/** Says what is wrong with the check of what was read, in which `wrong` has an error; what it throws is wrong, too. */
export type Judge = (read: Checked<readonly SourceFile[]>, wrong: string | undefined) => string | undefined;

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
  try {
    return judge(read(entries), wrong);
  } catch (error) {
    return `throws ${(error instanceof Error && error.stack) || String(error)}`;
  }
}

/** What is read of the entries; by way of the disk only where that may make a difference, since it takes most of the time. */
function read(entries: Entries): Checked<readonly SourceFile[]> {
  const sources: SourceFile[] = [];
  for (const [path, entry] of entries) {
    if (entry.kind !== "text" || !usualPath.test(path)) return readFromDisk(entries);
    sources.push({ path, text: entry.text });
  }
  return { value: sources.sort((a, b) => compareText(a.path, b.path)), diagnostics: [] };
}

const usualPath = /^[a-zA-Z/-]+(\.[a-z]+)?\.yaml$/;

function readFromDisk(entries: Entries): Checked<readonly SourceFile[]> {
  const root = mkdtempSync(join(tmpdir(), "rolebook-fuzz-"));
  try {
    writeEntries(root, entries);
    return readSources(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}
