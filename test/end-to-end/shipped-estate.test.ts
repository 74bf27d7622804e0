import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Call } from "../../tenant/index.ts";
import { changingCalls, countsIn, type Run, Workspace } from "../support/workspace.ts";

let workspace: Workspace;
let empty: unknown;
let preview: Run;
let first: Run;
let previewCalls: readonly Call[];
let restore: () => void;

beforeAll(async () => {
  workspace = await Workspace.create({ config: { "rolebook:protect": "false" } }); // for the destroy at the end
  empty = await everythingListed();
  previewCalls = await workspace.calls(async () => {
    preview = await workspace.preview();
  });
  first = await workspace.up();
  restore = workspace.keep();
});
afterAll(() => workspace.close());
beforeEach(() => restore());

/** Lists of the Management API that hold something of an estate. */
const lists = [
  "resource-servers",
  "roles",
  "clients",
  "client-grants",
  "hooks",
  "rules",
  "rules-configs",
  "actions/actions",
  "connections",
  "users",
];

/** All that the Management API lists, with the permissions of each role, the clients of each connection and so on. */
async function everythingListed(): Promise<unknown> {
  const entries = lists.map(async (list) => [list, await workspace.manage("GET", `/${list}`)] as const);
  const all: Record<string, unknown> = Object.fromEntries(await Promise.all(entries));
  for (const trigger of ["post-login", "post-user-registration"])
    all[trigger] = await workspace.manage("GET", `/actions/triggers/${trigger}/bindings`);
  for (const { id } of all.connections as { id: string }[])
    all[id] = await workspace.manage("GET", `/connections/${id}/clients`);
  for (const { id } of all.roles as { id: string }[])
    all[id] = await workspace.manage("GET", `/roles/${id}/permissions`);
  return all;
}

describe("the shipped estate", () => {
  it("is made by the first up", async () => {
    expect(first.exitCode).toBe(0);
    const names = async (list: string) =>
      (await workspace.manage<{ name: string }[]>("GET", `/${list}`)).map(({ name }) => name).sort();
    expect(await names("roles")).toEqual([
      "Accountant",
      "Customer",
      "Finance Lead",
      "Support Agent",
      "Support Lead",
      "Warehouse Clerk",
    ]);
    expect(await names("resource-servers")).toEqual(["Auth0 Management API", "Billing", "Orders", "Support"]);
    expect(await names("clients")).toEqual(
      expect.arrayContaining(["Back office", "Billing worker", "Policies", "Shop"]),
    );
  });

  it("is made as previewed", () => {
    expect(preview.exitCode).toBe(0);
    expect(countsIn(preview)).toEqual(countsIn(first));
    expect(countsIn(first).create).toMatch(/^\d+$/);
  });

  it("is previewed without a changing call", () => {
    expect(changingCalls(previewCalls)).toEqual([]);
  });

  it("is left alone by the second up", async () => {
    const calls = await workspace.calls(async () =>
      expect(await workspace.up("--expect-no-changes")).toMatchObject({ exitCode: 0 }),
    );
    expect(changingCalls(calls)).toEqual([]);
  });

  it("says as stack outputs what is applied, and nothing secret", async () => {
    const outputs = await workspace.outputs<{ fingerprint: string; clientIds: Record<string, string> }>();
    expect(Object.keys(outputs).sort()).toEqual([
      "accessModel",
      "bundleHashes",
      "clientIds",
      "clientSecrets",
      "fingerprint",
      "release",
      "stageValues",
    ]);
    const clients = await workspace.manage<{ client_id: string; name: string; client_secret?: string }[]>(
      "GET",
      "/clients",
    );
    expect(outputs.clientIds.shop).toBe(clients.find(({ name }) => name === "Shop")?.client_id);
    const secrets = clients.flatMap(({ client_secret = [] }) => client_secret);
    const state = workspace.read("state/.pulumi/stacks/rolebook/dev.json");
    const spilled = secrets.filter((secret) => (JSON.stringify(outputs) + first.output).includes(secret));
    expect(secrets.length).toBeGreaterThan(3);
    expect(spilled).toEqual([]);
    expect(secrets.filter((secret) => state.includes(secret))).toEqual([]);
  });

  it("leaves the tenant as it was before the first up when it is destroyed", async () => {
    expect(await workspace.pulumi("destroy", "--yes", "--skip-preview")).toMatchObject({ exitCode: 0 });
    expect(await everythingListed()).toEqual(empty);
  });
});
