// `npm run fuzz -- [tenant] --cases N --seed S`: checks N estates, or asks the local tenant N things, that nobody would
// write or ask, or only by mistake.
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { runCases } from "./bounded.ts";
import { runRounds } from "./tenant/rounds.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { cases: { type: "string", default: "2000" }, seed: { type: "string", default: "1" } },
});
const cases = Number(values.cases);
const seed = Number(values.seed);
const [what = "estates"] = positionals;
const isKnown = positionals.length < 2 && (what === "estates" || what === "tenant");
if (!isKnown || !Number.isSafeInteger(cases) || cases < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write("usage: npm run fuzz -- [estates|tenant] [--cases N] [--seed S]\n");
  process.exitCode = 2;
} else {
  const start = performance.now();
  const { report, failures } = await (what === "tenant" ? askTenant() : checkEstates());
  const seconds = (performance.now() - start) / 1000;
  const mebibytes = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(`${report(seconds.toFixed(1))}, and the process at most ${mebibytes} MiB\n`);
  for (const failure of failures) process.stderr.write(`\n${failure}`);
  if (failures.length > 0) process.exitCode = 1;
}

async function checkEstates() {
  const { passed, slowest, failure } = await runCases(seed, cases, { seconds: 60, mebibytes: 512 });
  const report = (seconds: string) =>
    `${passed} of ${cases} cases passed in ${seconds} s; the slowest took ${slowest.milliseconds.toFixed(0)} ms (--cases 1 --seed ${slowest.seed})`;
  return { report, failures: failure === undefined ? [] : [failure] };
}

async function askTenant() {
  const { passed, statuses, slowest, accepted, operations, failures } = await runRounds(seed, cases);
  const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  const report = (seconds: string) =>
    [
      `${passed} of ${cases} requests passed in ${seconds} s (${counts.join(", ")})`,
      `${accepted} of ${operations} operations of the Management API accepted some`,
      `the slowest answer took ${slowest.milliseconds.toFixed(0)} ms (${slowest.request})`,
    ].join("; ");
  return { report, failures };
}
