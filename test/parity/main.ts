// `npm run parity`: runs every case of every shipped policy in every lane, then the race of registrations and first logins.
// Prints what it found and writes docs/parity.md. Status 1 if a lane differs; `--race 0` leaves the race out.
import { writeFileSync } from "node:fs";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { type LaneName, lanes, type Table } from "../hooks/cases.ts";
import { extensibilities } from "../hooks/deployed.ts";
import { expectedOf, outcomeOf } from "../hooks/lanes/outcome.ts";
import { race } from "../hooks/race.ts";
import { allTables } from "../hooks/tables/index.ts";
import { createWorlds, type World } from "../hooks/world.ts";
import { type Deviation, describeDeviation, renderPage } from "./page.ts";

const { values } = parseArgs({
  options: { race: { type: "string", default: "1000" }, seed: { type: "string", default: "1" } },
});

const isEqual = await runTables();
const isWon = await runRaces(Number(values.race), Number(values.seed));
process.exitCode = isEqual && isWon ? 0 : 1;

async function runTables(): Promise<boolean> {
  const worlds = await createWorlds();
  const found: Deviation[] = [];
  for (const table of allTables) {
    const all = await Promise.all(lanes.map((lane) => deviationsIn(table, lane, worlds[lane])));
    const deviations = all.flat();
    found.push(...deviations);
    const documented = lanes.map((lane) => table.cases.filter(({ differs }) => differs?.[lane]?.out).length);
    const count = documented.reduce((sum, each) => sum + each);
    console.log(
      [
        table.policy.padEnd(24),
        table.flow.padEnd(22),
        `${String(table.cases.length).padStart(2)} cases x ${lanes.length} lanes:`,
        deviations.length > 0 ? `${deviations.length} differ` : "equal",
        ...(count > 0 ? [`(${count} differences documented)`] : []),
      ].join(" "),
    );
  }
  await Promise.all(Object.values(worlds).map((world) => world.close()));
  for (const deviation of found) console.error(describeDeviation(deviation));
  if (found.length > 0) return false;
  writeFileSync(`${import.meta.dirname}/../../docs/parity.md`, renderPage(allTables));
  return true;
}

/** One after the other, as a world watches one case at a time. */
async function deviationsIn(table: Table, lane: LaneName, world: World): Promise<readonly Deviation[]> {
  const deviations: Deviation[] = [];
  for (const each of table.cases) {
    const expected = expectedOf(each, lane);
    if (!expected) continue;
    const found = await outcomeOf(table, each, lane, world);
    if (!isDeepStrictEqual(found, expected)) deviations.push({ table, case: each, lane, expected, found });
  }
  return deviations;
}

async function runRaces(people: number, seed: number): Promise<boolean> {
  let isWon = true;
  if (people === 0) return isWon;
  for (const extensibility of extensibilities) {
    const { overlaps, wrong } = await race(extensibility, people, seed);
    isWon &&= wrong.length === 0;
    console.log(
      `registration and first login at once, as ${extensibility}: ${people} people (seed ${seed}), ${people - wrong.length} with one role, in both tokens; ${overlaps} times both flows gave it`,
    );
    for (const outcome of wrong) console.error(`  instead: ${outcome}`);
  }
  return isWon;
}
