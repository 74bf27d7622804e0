// What was measured of the local tenant, as Markdown.
import { round, table, times } from "./table.ts";
import type { TenantBenchmark, Throughput } from "./tenant.ts";

/** The tables of a run: start and memory, requests, look-ups among many users. */
export function tenantTablesOf({
  start,
  bare,
  requests,
  users,
  mebibytes,
  lookups,
}: TenantBenchmark): string {
  const row = ({ name, target, perSecond, processor }: Throughput) => [
    ...[name, target ?? "", round(perSecond), round(processor)],
    ...[round(1e6 / processor), times(processor / bare.processor)],
  ];
  return [
    table(
      ["", "target", "measured"],
      [
        ["start with an empty state directory, ms", 150, round(start.empty)],
        ["start with the state of a run before, ms", 150, round(start.warm)],
        [`memory with ${users} users, MiB`, 300, round(mebibytes)],
      ],
    ),
    table(
      ["request", "target a second", "a second", "processor µs", "a second of processor", "× bare server"],
      [bare, ...requests].map(row),
    ),
    table(
      ["look-up", "target ms", "median ms"],
      lookups.map(({ query, milliseconds }) => [`\`${query}\``, 20, milliseconds.toFixed(1)]),
    ),
  ].join("\n");
}
