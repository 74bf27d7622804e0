// `npm run bench -- check|review|tenant|policies`: measures, prints tables, and with --write puts them into docs/benchmarks.md.
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchmarkDryRuns } from "./a0deploy.ts";
import { benchmarkCheck } from "./check.ts";
import { checkSection, dryRunPart, tenantSection, withSection } from "./page.ts";
import { benchmarkPolicies } from "./policies.ts";
import { policiesSection, policiesTablesOf } from "./policies-table.ts";
import { benchmarkReview } from "./review.ts";
import { reviewSection, reviewTableOf } from "./review-page.ts";
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
    logins: { type: "string", default: "400" },
    a0deploy: { type: "boolean", default: true },
    write: { type: "boolean", default: false },
  },
});
const numbers = [values.seed, values.runs, values.users, values.logins].map(Number);
const [seed, runs, users, logins] = numbers as [number, number, number, number];
const isCounted = numbers.every(Number.isInteger) && Math.min(runs, users, logins) > 0;
const machine = { cores: availableParallelism(), node: process.versions.node };

const [what = ""] = positionals;
if (positionals.length !== 1 || !["check", "review", "tenant", "policies"].includes(what) || !isCounted) {
  process.stderr.write(
    "usage: npm run bench -- check|review|tenant|policies [--seed N] [--runs N] [--users N] [--logins N] [--no-a0deploy] [--write]\n",
  );
  process.exitCode = 2;
} else if (what === "check") {
  const benchmark = benchmarkCheck(seed, runs);
  const tables = tablesOf(benchmark);
  const dryRuns = values.a0deploy ? dryRunTableOf(await benchmarkDryRuns(seed), benchmark.estates) : "";
  const section = checkSection(tables, { seed, runs, ...machine });
  show(`${tables}\n${dryRuns}`, dryRuns ? `${section}\n${dryRunPart(dryRuns)}` : section);
} else if (what === "review") {
  const table = reviewTableOf(benchmarkReview(seed, runs));
  show(table, reviewSection(table, { seed, runs, busy: loadavg()[0] ?? 0, ...machine }));
} else if (what === "policies") {
  const tables = policiesTablesOf(await benchmarkPolicies(logins, runs));
  show(tables, policiesSection(tables, { logins, runs, busy: loadavg()[0] ?? 0, ...machine }));
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
