// What was measured, as Markdown.
import type { DryRun } from "./a0deploy.ts";
import type { CheckBenchmark, CheckedEstate } from "./check.ts";
import { type Measured, median } from "./measure.ts";

/** The tables of a run: estates, times and memory, and growth against the smallest estate. */
export function tablesOf({ empty, estates }: CheckBenchmark): string {
  const emptyTime = least(empty);
  return [
    table(
      ["estate", "APIs", "roles", "permissions", "groups", "clients", "grants", "files", "KiB of YAML"],
      estates.map(({ size, estate }) => [
        size.name,
        ...[size.apis, size.roles, estate.permissions, size.groups, size.clients, size.grants],
        ...[estate.files.size, round(estate.bytes / 1024)],
      ]),
    ),
    table(
      ["process", "min ms", "median ms", "max ms", "processor ms", "MiB", "× empty Node"],
      [
        processRow("empty Node", empty, emptyTime),
        ...estates.flatMap(({ size, check, parseOnly }) => [
          processRow(`\`rolebook check\`, ${size.name}`, check, emptyTime),
          processRow(`\`yaml\` alone, ${size.name}`, parseOnly, emptyTime),
        ]),
      ],
    ),
    table(
      [
        "estate",
        "files ×",
        "permissions ×",
        "time ×",
        "memory ×",
        "µs a file",
        "µs a permission",
        "× `yaml` alone",
      ],
      estates.map((each) => growthRow(each, estates[0] ?? each, emptyTime)),
    ),
  ].join("\n");
}

/** The table of the same estates in auth0-deploy-cli's dry run, beside the fastest check of each. */
export function dryRunTableOf(dryRuns: readonly DryRun[], estates: readonly CheckedEstate[]): string {
  return table(
    ["process", "ms", "until its first call, ms", "calls", "processor ms", "MiB", "× `rolebook check`"],
    dryRuns.map(({ size, milliseconds, untilFirstCall, calls, processor, mebibytes }) => {
      const check = estates.find((each) => each.size.name === size.name)?.check;
      return [
        `\`a0deploy import --dry-run\`, ${size.name}`,
        ...[round(milliseconds), round(untilFirstCall), calls, round(processor), round(mebibytes)],
        check ? times(milliseconds / least(check)) : "",
      ];
    }),
  );
}

function processRow(name: string, measured: Measured, emptyTime: number): readonly Cell[] {
  const { milliseconds, processor, mebibytes } = measured;
  return [
    name,
    ...[least(measured), median(milliseconds), milliseconds.at(-1) ?? 0, median(processor)].map(round),
    round(mebibytes.at(-1) ?? 0),
    times(least(measured) / emptyTime),
  ];
}

/** What the estate costs above an empty process, against the smallest. */
function growthRow(
  { estate, size, check, parseOnly }: CheckedEstate,
  smallest: CheckedEstate,
  emptyTime: number,
): readonly Cell[] {
  const time = least(check);
  return [
    size.name,
    times(estate.files.size / smallest.estate.files.size),
    times(estate.permissions / smallest.estate.permissions),
    times(time / least(smallest.check)),
    times(median(check.mebibytes) / median(smallest.check.mebibytes)),
    round(((time - emptyTime) * 1000) / estate.files.size),
    round(((time - emptyTime) * 1000) / estate.permissions),
    times(time / least(parseOnly)),
  ];
}

/** The least disturbed run: what ratios are made of. */
function least({ milliseconds }: Measured): number {
  return milliseconds[0] ?? Number.NaN;
}

/** What stands in a table. */
export type Cell = string | number;

/** A table in Markdown; numbers stand at the right. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) => `| ${cells.join(" | ")} |\n`;
  const rule = head.map((_, index) => (index === 0 ? "---" : "--:"));
  return [head, rule, ...rows].map(line).join("");
}

/** A whole number. */
export function round(number: number): number {
  return Math.round(number);
}

/** How many times as much, with a digit behind the point if it is below ten. */
export function times(ratio: number): string {
  return ratio.toFixed(ratio < 10 ? 1 : 0);
}
