import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { descendants } from "../../toolchain/process.ts";
import { smallEstate } from "../support/small-estate.ts";
import { changingCalls, Workspace } from "../support/workspace.ts";
import { isRunning } from "../toolchain/support/sandbox.ts";

let workspace: Workspace;
let restore: () => void;

beforeAll(async () => {
  workspace = await Workspace.create({ estate: smallEstate });
  restore = workspace.keep();
});
afterAll(() => workspace.close());
beforeEach(() => restore());

const namesOf = async (list: string) =>
  (await workspace.manage<{ name: string }[]>("GET", list)).map(({ name }) => name).sort();

/** That one `up` makes what is missing, and the next has nothing to do. */
async function expectToResume(): Promise<void> {
  await workspace.apply();
  expect(await namesOf("/roles")).toEqual(["Clerk", "Lead"]);
  expect(await namesOf("/resource-servers")).toEqual(["Auth0 Management API", "orders", "reports"]);
  expect((await namesOf("/clients")).filter((name) => name === "Worker")).toEqual(["Worker"]);
  const calls = await workspace.calls(() => workspace.apply("--expect-no-changes"));
  expect(changingCalls(calls)).toEqual([]);
}

describe("an engine that is killed in the middle of an up", () => {
  it("leaves no process behind, and the next up goes on after a cancel", async () => {
    let processes: readonly number[] = [];
    workspace.putInFront((request, tenant) => {
      if (processes.length === 0 && request.method === "POST" && request.url.endsWith("/api/v2/roles")) {
        processes = descendants(process.pid);
        process.kill(processes[0] ?? 0, "SIGKILL");
      }
      // What the provider still sends while it dies must not reach the tenant.
      return processes.length > 0 ? new Response(null, { status: 503 }) : tenant(request);
    });
    expect((await workspace.up("--parallel", "1")).exitCode).toBe(137);
    expect(processes.length).toBeGreaterThanOrEqual(4); // the engine, the language host, the program, the provider
    await vi.waitFor(() => expect(processes.filter(isRunning)).toEqual([]), 10_000);

    workspace.putInFront((request, tenant) => tenant(request));
    expect((await workspace.up()).output).toContain("locked");
    expect(await workspace.pulumi("cancel", "--yes")).toMatchObject({ exitCode: 0 });
    await expectToResume();
  });
});

describe("an up whose tenant fails in the middle", () => {
  it("says what failed, and the next up goes on", async () => {
    workspace.putInFront(async (request, tenant) => {
      const fails = request.url.endsWith("/api/v2/roles") && (await request.clone().text()).includes("Lead");
      return fails ? new Response(null, { status: 500 }) : tenant(request);
    });
    const { exitCode, diagnostics } = await workspace.up();
    expect(exitCode).toBe(1);
    expect(diagnostics).toMatch(/Role \(lead\):\n.*500 Internal Server Error/);
    expect(await namesOf("/roles")).toEqual(["Clerk"]);

    workspace.putInFront((request, tenant) => tenant(request));
    await expectToResume();
  });
});
