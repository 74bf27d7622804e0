// `npm run bench -- check|tenant`: measures, prints tables, and with --write puts them into docs/benchmarks.md.
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchmarkDryRuns } from "./a0deploy.ts";
import { benchmarkCheck } from "./check.ts";
import { checkSection, dryRunPart, tenantSection, withSection } from "./page.ts";
import { dryRunTableOf, tablesOf } from "./table.ts";
import { benchmarkTenant } from "./tenant.ts";
import { canPin } from "./tenant-process.ts";
import { tenantTablesOf } from "./tenant-table.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    seed: { type: "string", default: "1" },
    runs: { type: "string", default: "7" },
    users: { type: "string", default: "100000" },
    a0deploy: { type: "boolean", default: true },
    write: { type: "boolean", default: false },
  },
});
const [seed, runs, users] = [values.seed, values.runs, values.users].map(Number) as [number, number, number];
const isCounted = [seed, runs, users].every(Number.isInteger) && runs > 0 && users > 0;
const machine = { cores: availableParallelism(), node: process.versions.node };

const [what = ""] = positionals;
if (positionals.length !== 1 || !["check", "tenant"].includes(what) || !isCounted) {
  process.stderr.write(
    "usage: npm run bench -- check|tenant [--seed N] [--runs N] [--users N] [--no-a0deploy] [--write]\n",
  );
  process.exitCode = 2;
} else if (what === "check") {
  const benchmark = benchmarkCheck(seed, runs);
  const tables = tablesOf(benchmark);
  const dryRuns = values.a0deploy ? dryRunTableOf(await benchmarkDryRuns(seed), benchmark.estates) : "";
  const section = checkSection(tables, { seed, runs, ...machine });
  show(`${tables}\n${dryRuns}`, dryRuns ? `${section}\n${dryRunPart(dryRuns)}` : section);
} else {
  const tables = tenantTablesOf(await benchmarkTenant(runs, users));
  const busy = loadavg()[0] ?? 0;
  show(tables, tenantSection(tables, { runs, users, isPinned: canPin, busy, ...machine }));
}

function show(tables: string, section: string): void {
  process.stdout.write(tables);
  const page = join(import.meta.dirname, "../docs/benchmarks.md");
  if (values.write) writeFileSync(page, withSection(readFileSync(page, "utf8"), section));
}
