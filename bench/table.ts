// What was measured, as Markdown.
import type { CheckBenchmark, CheckedEstate } from "./check.ts";
import { type Measured, median } from "./measure.ts";

/** The tables of a run: estates, times, memory, and growth against the smallest estate. */
export function tablesOf({ empty, estates }: CheckBenchmark): string {
  const emptyTime = median(empty.milliseconds);
  return [
    table(
      ["estate", "APIs", "roles", "permissions", "groups", "clients", "grants", "files", "KiB of YAML"],
      estates.map(({ size, estate }) => [
        size.name,
        ...[
          size.apis,
          size.roles,
          estate.permissions,
          size.groups,
          size.clients,
          size.grants,
          estate.files.size,
        ],
        round(estate.bytes / 1024),
      ]),
    ),
    table(
      ["process", "min ms", "median ms", "max ms", "median MiB", "max MiB", "time of an empty Node"],
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
        "of `yaml` alone",
      ],
      estates.map((each) => growthRow(each, estates[0] ?? each, emptyTime)),
    ),
  ].join("\n");
}

function processRow(name: string, { milliseconds, mebibytes }: Measured, emptyTime: number): readonly Cell[] {
  return [
    name,
    ...[milliseconds[0] ?? 0, median(milliseconds), milliseconds.at(-1) ?? 0].map(round),
    ...[median(mebibytes), mebibytes.at(-1) ?? 0].map(round),
    times(median(milliseconds) / emptyTime),
  ];
}

/** What the estate costs above an empty process, against the smallest. */
function growthRow(each: CheckedEstate, smallest: CheckedEstate, emptyTime: number): readonly Cell[] {
  const time = median(each.check.milliseconds);
  return [
    each.size.name,
    times(each.estate.files.size / smallest.estate.files.size),
    times(each.estate.permissions / smallest.estate.permissions),
    times(time / median(smallest.check.milliseconds)),
    times(median(each.check.mebibytes) / median(smallest.check.mebibytes)),
    round(((time - emptyTime) * 1000) / each.estate.files.size),
    round(((time - emptyTime) * 1000) / each.estate.permissions),
    times(time / median(each.parseOnly.milliseconds)),
  ];
}

type Cell = string | number;

function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) => `| ${cells.join(" | ")} |\n`;
  const rule = head.map((_, index) => (index === 0 ? "---" : "--:"));
  return [head, rule, ...rows].map(line).join("");
}

function round(number: number): number {
  return Math.round(number);
}

function times(ratio: number): string {
  return ratio.toFixed(ratio < 10 ? 1 : 0);
}
