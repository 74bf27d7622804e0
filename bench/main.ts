// `npm run bench -- check`: measures, prints tables, and with --write puts them into docs/benchmarks.md.
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchmarkCheck } from "./check.ts";
import { pageOf } from "./page.ts";
import { tablesOf } from "./table.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    runs: { type: "string", default: "7" },
    write: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed);
const runs = Number(values.runs);
if (positionals.join() !== "check" || !Number.isInteger(seed) || !Number.isInteger(runs) || runs < 1) {
  process.stderr.write("usage: npm run bench -- check [--seed N] [--runs N] [--write]\n");
  process.exitCode = 2;
} else {
  const tables = tablesOf(benchmarkCheck(seed, runs));
  process.stdout.write(tables);
  if (values.write) {
    const machine = { cores: availableParallelism(), node: process.versions.node };
    writeFileSync(
      join(import.meta.dirname, "../docs/benchmarks.md"),
      pageOf(tables, { seed, runs, ...machine }),
    );
  }
}
