import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { smallEstate } from "../support/small-estate.ts";
import { changingCalls, type Run, Workspace } from "../support/workspace.ts";

let workspace: Workspace;
let restore: () => void;
let applied: unknown;

beforeAll(async () => {
  workspace = await Workspace.create({ estate: smallEstate, config: { "rolebook:protect": "true" } });
  await workspace.apply();
  const roles = await workspace.manage<{ id: string }[]>("GET", "/roles");
  const { user_id } = await workspace.manage<{ user_id: string }>("POST", "/users", {
    connection: "Username-Password-Authentication",
    email: "ada@example.test",
    password: "correct horse Battery 9",
  });
  await workspace.manage("POST", `/users/${user_id}/roles`, { roles: roles.map(({ id }) => id) });
  restore = workspace.keep();
  applied = access();
});
afterAll(() => workspace.close());
beforeEach(() => restore());

/** All that the tenant stores about who may do what. */
function access(): Readonly<Record<string, unknown>> {
  const { resource_servers, roles, role_permissions, user_roles, client_grants } =
    workspace.tenant.snapshot();
  return { resource_servers, roles, role_permissions, user_roles, client_grants };
}

/** That a run is refused for the sake of what is protected, and has asked the tenant for no change. */
async function expectRefusal(run: () => Promise<Run>, name: string): Promise<void> {
  const calls = await workspace.calls(async () => {
    const { exitCode, diagnostics } = await run();
    expect(exitCode).not.toBe(0);
    expect(diagnostics).toMatch(new RegExp(`::${name}".*protect`, "s"));
  });
  expect(changingCalls(calls)).toEqual([]);
  expect(access()).toEqual(applied);
}

describe("a role whose file is deleted", () => {
  beforeEach(() => workspace.remove("rbac/roles/lead.yaml"));

  it("is refused by the preview", () => expectRefusal(() => workspace.preview(), "lead"));

  it("keeps its permissions and its users under --skip-preview", () =>
    expectRefusal(() => workspace.up(), "lead"));
});

describe("an API whose file is deleted", () => {
  it("keeps its scopes under --skip-preview", async () => {
    workspace.remove("rbac/apis/reports.yaml");
    await expectRefusal(() => workspace.up(), "reports");
  });
});

describe("an API whose identifier is changed", () => {
  it("is not replaced", async () => {
    workspace.replace("rbac/apis/reports.yaml", "https://reports.", "https://statistics.");
    await expectRefusal(() => workspace.up(), "reports");
  });
});

describe("a role and an API that are retired", () => {
  beforeEach(() => {
    for (const file of ["rbac/roles/lead.yaml", "rbac/apis/reports.yaml"])
      workspace.write(file, `${workspace.read(file)}retired: { reason: nobody needs it any more }\n`);
  });

  it("stay as they are, until their files are removed and they go", async () => {
    expect(changingCalls(await workspace.calls(() => workspace.apply()))).toEqual([]);
    expect(access()).toEqual(applied);

    workspace.remove("rbac/roles/lead.yaml");
    workspace.remove("rbac/apis/reports.yaml");
    await workspace.apply();
    const roles = await workspace.manage<{ name: string }[]>("GET", "/roles");
    const apis = await workspace.manage<{ name: string }[]>("GET", "/resource-servers");
    expect(roles.map(({ name }) => name)).toEqual(["Clerk"]);
    expect(apis.map(({ name }) => name)).not.toContain("reports");
    expect(await workspace.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
  });
});
