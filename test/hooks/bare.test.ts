import { describe, expect, it } from "vitest";
import { eventOf } from "../../src/policy/testing.ts";
import { type Case, stageValues, type Table } from "./cases.ts";
import { runners } from "./lanes/index.ts";
import { allTables } from "./tables/index.ts";

/** Policies of npm and of Node's modules, which a bare context has not. */
const withModules = ["chat-token", "enrich-seller", "preferences-to-tokens"];

/** What only needs the globals that Auth0 gives, and no server. */
const plain = (each: Case) => !each.company && !each.management && !each.differs;

// The tenant's runtime has more globals than this: what runs here runs on any Node.
describe.each(["as a rule or hook", "as an action"] as const)(
  "a shipped policy, %s, in a bare context",
  (lane) => {
    it.each(allTables.filter(({ policy }) => !withModules.includes(policy)).flatMap(firstCases))(
      "%s: %s",
      async (_policy, _who, { flow, steps }, { comes = {}, out }) => {
        const files = steps.map(([policy, step]) => [`hooks/${policy}.ts`, step] as const);
        const result = await runners[lane]?.({
          flow,
          steps: files,
          event: eventOf(flow, comes),
          stageValues,
        });
        expect(withoutTimes(result)).toEqual(out);
      },
    );
  },
);

function firstCases(table: Table) {
  return table.cases
    .filter((each) => plain(each) && !each.steps)
    .slice(0, 2)
    .map((each) => [`${table.policy}, ${table.flow}`, each.who, table, each] as const);
}

const withoutTimes = (value: unknown) =>
  JSON.parse(JSON.stringify(value).replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"<time>"'));
