import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

/** Several runs of one process, each sorted from small to large. */
export interface Measured {
  readonly milliseconds: readonly number[];
  /** Milliseconds of processor time, of processes it starts not counted. */
  readonly processor: readonly number[];
  /** Memory held at most, in MiB. */
  readonly mebibytes: readonly number[];
}

const reportUsage = join(import.meta.dirname, "report-usage.js");

/** Runs Node with these arguments in the directory, once to fill caches and then `runs` times. Throws if one fails. */
export function measure(args: readonly string[], cwd: string, runs: number): Measured {
  runOnce(args, cwd);
  const all = Array.from({ length: runs }, () => runOnce(args, cwd));
  return {
    milliseconds: sorted(all.map(({ milliseconds }) => milliseconds)),
    processor: sorted(all.map(({ processor }) => processor)),
    mebibytes: sorted(all.map(({ mebibytes }) => mebibytes)),
  };
}

/** The middle one, of an even number the smaller of two. */
export function median(numbers: readonly number[]): number {
  return numbers[Math.floor((numbers.length - 1) / 2)] ?? Number.NaN;
}

/** One run of a process. */
export interface Run {
  readonly milliseconds: number;
  /** Milliseconds of processor time, of processes it starts not counted. */
  readonly processor: number;
  /** Memory held at most, in MiB. */
  readonly mebibytes: number;
  /** What it has printed. */
  readonly output: string;
}

/** Runs Node with these arguments in the directory. Throws if it fails. */
export function runOnce(args: readonly string[], cwd: string, env = process.env): Run {
  const start = performance.now();
  const { status, output, error } = spawnSync(process.execPath, ["--import", reportUsage, ...args], {
    cwd,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const milliseconds = performance.now() - start;
  if (error) throw error;
  const [, stdout, stderr, usage] = output;
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}\n${stdout}${stderr}`);
  const { userCPUTime, systemCPUTime, maxRSS }: NodeJS.ResourceUsage = JSON.parse(usage ?? "");
  const processor = (userCPUTime + systemCPUTime) / 1000;
  return { milliseconds, processor, mebibytes: maxRSS / 1024, output: `${stdout}${stderr}` };
}

function sorted(numbers: readonly number[]): readonly number[] {
  return numbers.toSorted((a, b) => a - b);
}
