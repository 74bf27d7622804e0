// What was measured of reviews, as Markdown.
import { type Measured, median } from "./measure.ts";
import type { ReviewedEstate } from "./review.ts";
import { type Cell, round, table } from "./table.ts";

/** The table of a run. */
export function reviewTableOf(estates: readonly ReviewedEstate[]): string {
  return table(
    ["change", "min ms", "median ms", "max ms", "processor ms", "MiB"],
    estates.flatMap(({ size, oneRole, everything, gitDiff }) => [
      row(`${size.name}, one role`, oneRole),
      row(`${size.name}, every file`, everything),
      [`${size.name}, one role, \`git diff --stat\` alone`, round(gitDiff), "", "", "", ""],
    ]),
  );
}

function row(name: string, { milliseconds, processor, mebibytes }: Measured): readonly Cell[] {
  return [
    name,
    ...[milliseconds[0] ?? Number.NaN, median(milliseconds), milliseconds.at(-1) ?? Number.NaN].map(round),
    round(median(processor)),
    round(mebibytes.at(-1) ?? Number.NaN),
  ];
}

/** The section about `rolebook review`. */
export function reviewSection(
  tables: string,
  {
    seed,
    runs,
    cores,
    node,
    busy,
  }: Readonly<Record<"seed" | "runs" | "cores" | "busy", number>> & {
    readonly node: string;
  },
): string {
  return `## rolebook review

Made by \`npm run bench -- review --seed ${seed} --runs ${runs} --write\`.

\`rolebook review --base base --head … --format markdown\` runs as a whole process between two commits of the estates above: one in which a single role has
a permission less, and one in which every file is that of another seed. Each ran once to fill caches and then ${runs} times. Processor
time leaves out git's own processes. Machine: ${cores} cores, Node ${node}; ${busy.toFixed(1)} processes wanted one at the end.

What has to hold on a machine that does nothing else: a change of a role in the reference estate within 1 s, in the large one within 3 s.

${tables}`;
}
