import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Case, type LaneName, lanes, type Outcome, type Table } from "./cases.ts";
import { expectedOf, outcomeOf } from "./lanes/outcome.ts";
import attacks from "./tables/attacks.ts";
import { allTables } from "./tables/index.ts";
import { createWorlds, type World } from "./world.ts";

let worlds: Readonly<Record<LaneName, World>>;

beforeAll(async () => {
  worlds = await createWorlds();
});
afterAll(() => Promise.all(Object.values(worlds).map((world) => world.close())));

describe.each([...allTables, attacks].map((table) => [`${table.policy}, ${table.flow}`, table] as const))(
  "%s",
  (_, table) => {
    it.each(table.cases.map((each) => [each.who, each] as const))("%s", async (_, each) => {
      const expected = byLane((lane) => expectedOf(each, lane));
      expect(await outcomes(table, each)).toEqual(expected);
    });
  },
);

const byLane = <Value>(of: (lane: LaneName) => Value) =>
  Object.fromEntries(lanes.map((lane) => [lane, of(lane)] as const));

async function outcomes(table: Table, each: Case): Promise<Record<string, Outcome | undefined>> {
  const all = lanes.map(async (lane) => {
    const outcome = expectedOf(each, lane) && (await outcomeOf(table, each, lane, worlds[lane]));
    return [lane, outcome] as const;
  });
  return Object.fromEntries(await Promise.all(all));
}
