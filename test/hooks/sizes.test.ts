import { describe, expect, it } from "vitest";
import type { FlowName, Lane } from "../../src/model/flows.ts";
import type { Step } from "../../src/policy/policy.ts";
import type { Table } from "./cases.ts";
import { build } from "./lanes/index.ts";
import idle from "./probes/idle.ts";
import { allTables } from "./tables/index.ts";

const bytes = (flow: FlowName, lane: Lane, steps: readonly (readonly [file: string, step: Step<never>])[]) =>
  Buffer.byteLength(build({ flow, steps: steps as never }, lane).code); // each fits its flow

const lanesOf = (flow: FlowName): readonly Lane[] => [flow === "login" ? "rule" : "hook", "action"];

/** What a lane costs before any policy: calling conventions, one end, errors, time. */
const emptyFlow = { hook: 3900, rule: 5000, action: 4000 } as const;

/** Tools that a flow carries once, if a policy in it uses them. */
const tools = { management: 2600, company: 1500 } as const;

/** Packages that become part of the code. */
const packages: Readonly<Record<string, number>> = { "chat-token": 13_000 };

describe("the size of code in a tenant", () => {
  it.each(["preUserRegistration", "postUserRegistration", "credentialsExchange", "login"] as const)(
    "is small before there is any policy in %s",
    (flow) => {
      for (const lane of lanesOf(flow)) {
        const size = bytes(flow, lane, [["test/hooks/probes/idle.ts", idle({})]]);
        expect(size, lane).toBeLessThanOrEqual(emptyFlow[lane]);
      }
    },
  );

  it.each(allTables.map((table) => [table.policy, table.flow, table] as const))(
    "grows by less than 2 kB, its tools and packages apart, with %s in %s",
    (name, flow, { steps }: Table) => {
      const own = steps
        .filter(([each]) => each === name)
        .map(([each, step]) => [`hooks/${each}.ts`, step] as const);
      const { uses = [], settings } = own[0]?.[1].policy ?? { settings: {} };
      const callsCompany = Object.values(settings).some(({ type }) => type === "url");
      const carried =
        (uses.length > 0 ? tools.management : 0) + (callsCompany ? tools.company : 0) + (packages[name] ?? 0);
      for (const lane of lanesOf(flow))
        expect(bytes(flow, lane, own), lane).toBeLessThanOrEqual(emptyFlow[lane] + 2000 + carried);
    },
  );
});
