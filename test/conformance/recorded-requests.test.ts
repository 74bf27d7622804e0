import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { operations } from "../../tenant/management/operations.ts";
import { recordings } from "./recordings.ts";

interface Step {
  readonly method: string;
  readonly path: string;
  /** Of an endpoint that the recordings are not about. */
  readonly outside?: unknown;
}

const routes = Object.entries(operations).map(([name, { method, path }]) => ({
  name,
  method,
  segments: `/api/v2${path}`.split("/"),
}));
const parameters = (segments: readonly string[]) => segments.filter((each) => each.startsWith(":")).length;
// As the router does: a path that is said literally before one with parameters.
routes.sort((a, b) => parameters(a.segments) - parameters(b.segments));

function operationOf({ method, path }: Step): string | undefined {
  const given = path.split("/");
  return routes.find(
    (route) =>
      route.method === method &&
      route.segments.length === given.length &&
      route.segments.every((segment, place) => segment.startsWith(":") || segment === given[place]),
  )?.name;
}

describe("the recorded requests", () => {
  it("are as many for each operation as docs/tenant.md says; `npm run conformance -- -u` counts them anew", async () => {
    const counts = new Map(Object.keys(operations).map((name) => [name, 0]));
    for (const file of readdirSync(recordings).filter((name) => name.startsWith("TestAcc"))) {
      const { steps } = JSON.parse(readFileSync(join(recordings, file), "utf8")) as { steps: Step[] }; // their format
      for (const step of steps.filter(({ outside }) => !outside)) {
        const name = operationOf(step);
        expect(name, `${step.method} ${step.path}`).toBeDefined();
        if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }
    const text = `${JSON.stringify(Object.fromEntries(counts), undefined, 2)}\n`;
    await expect(text).toMatchFileSnapshot("../tenant/management/recorded-requests.json");
  });
});
