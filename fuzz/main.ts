// `npm run fuzz -- --cases N --seed S`: checks N estates that nobody would write, or only by mistake.
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { runCases } from "./bounded.ts";

const { values } = parseArgs({
  options: { cases: { type: "string", default: "2000" }, seed: { type: "string", default: "1" } },
});
const cases = Number(values.cases);
const seed = Number(values.seed);
if (!Number.isSafeInteger(cases) || cases < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write("usage: npm run fuzz -- [--cases N] [--seed S]\n");
  process.exitCode = 2;
} else {
  const start = performance.now();
  const { passed, slowest, failure } = await runCases(seed, cases, { seconds: 60, mebibytes: 512 });
  const seconds = (performance.now() - start) / 1000;
  process.stdout.write(
    `${passed} of ${cases} cases passed in ${seconds.toFixed(1)} s; the slowest took ${slowest.milliseconds.toFixed(0)} ms (--cases 1 --seed ${slowest.seed}), and the process at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB\n`,
  );
  if (failure !== undefined) {
    process.stderr.write(`\n${failure}`);
    process.exitCode = 1;
  }
}
