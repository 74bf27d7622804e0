// What was measured of the policies, as Markdown.
import type { PoliciesBenchmark } from "./policies.ts";
import { round, table, times } from "./table.ts";

/** The tables of a run: logins, builds, sizes. */
export function policiesTablesOf({ flows, check, bundles }: PoliciesBenchmark): string {
  const rows = flows.map(({ name, milliseconds, processor, calls }, index) => {
    const empty = flows[index - (index % 2)] ?? { milliseconds, processor };
    return [
      ...[name, milliseconds.toFixed(2), times(milliseconds / empty.milliseconds)],
      ...[processor.toFixed(2), times(processor / empty.processor), calls],
    ];
  });
  return [
    table(["login flow", "ms", "× nothing", "processor ms", "× nothing", "calls"], rows),
    table(
      ["process", "target, processor ms", "processor ms"],
      [
        ["`rolebook check`, the shipped estate", "", round(check.shipped)],
        ["`rolebook check`, one policy that does nothing, no groups", "", round(check.idle)],
        ["the shipped bundles: the difference", 500, round(check.shipped - check.idle)],
      ],
    ),
    table(
      ["bundle", "bytes", "of 100,000"],
      bundles.map(({ file, bytes }) => [`\`${file}\``, bytes, `${(bytes / 1000).toFixed(1)} %`]),
    ),
  ].join("\n");
}

/** The section about policies. */
export function policiesSection(
  tables: string,
  {
    logins,
    runs,
    cores,
    node,
    busy,
  }: Readonly<Record<"logins" | "runs" | "cores" | "busy", number>> & {
    readonly node: string;
  },
): string {
  return `## Policies

Made by \`npm run bench -- policies --logins ${logins} --runs ${runs} --write\`.

Logins one after the other at a \`rolebook tenant\`, ${logins} with each flow, by turns with one that has a single policy which does
nothing: of somebody in a group who has a role and has logged in before. Milliseconds are the median from request to answer,
the password's check included; the processor's are a login's share of what the tenant and the processes that run policies used.
Calls are those that policies made, for tokens or of the Management API: with nothing to do there must be none. Builds are whole
processes, Node's start and all other checks included, the median of ${runs}. Machine: ${cores} cores, Node ${node}; ${busy.toFixed(1)} processes
wanted one at the end. The ratios of processor time carry over to other machines; with far more than two that wanted a core,
milliseconds say more of those others.

${tables}`;
}
