import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { smallEstate } from "../support/small-estate.ts";
import { changingCalls, Workspace } from "../support/workspace.ts";

let workspace: Workspace;
let restore: () => void;
let clerk: string;
let lead: string;

beforeAll(async () => {
  workspace = await Workspace.create({ estate: smallEstate, config: { "rolebook:protect": "true" } });
  await workspace.apply();
  const roles = await workspace.manage<{ id: string; name: string }[]>("GET", "/roles");
  const idOf = (name: string) => roles.find((role) => role.name === name)?.id ?? "";
  [clerk, lead] = [idOf("Clerk"), idOf("Lead")];
  const { user_id } = await workspace.manage<{ user_id: string }>("POST", "/users", {
    connection: "Username-Password-Authentication",
    email: "ada@example.test",
    password: "correct horse Battery 9",
  });
  await workspace.manage("POST", `/users/${user_id}/roles`, { roles: [clerk, lead] });
  restore = workspace.keep();
});
afterAll(() => workspace.close());
beforeEach(() => restore());

/** The changing calls of one `up`, which has to succeed. */
const changesOfUp = async () => changingCalls(await workspace.calls(() => workspace.apply()));

const permissionsOf = async (role: string) =>
  (await workspace.manage<{ permission_name: string }[]>("GET", `/roles/${role}/permissions`))
    .map(({ permission_name }) => permission_name)
    .sort();

const usersOf = async (role: string) =>
  (await workspace.manage<{ email: string }[]>("GET", `/roles/${role}/users`)).map(({ email }) => email);

/** Bodies of the changing requests from now on, by `METHOD /path`. */
function recordBodies(): Map<string, unknown[]> {
  const bodies = new Map<string, unknown[]>();
  workspace.putInFront(async (request, answer) => {
    const key = `${request.method} ${new URL(request.url).pathname.slice("/api/v2".length)}`;
    if (request.method !== "GET" && request.url.includes("/api/v2/"))
      bodies.set(key, [...(bodies.get(key) ?? []), JSON.parse((await request.clone().text()) || "null")]);
    return answer(request);
  });
  return bodies;
}

/** The permissions a role has after each request from now on. */
function watchPermissions(role: string): readonly (readonly string[])[] {
  const seen: string[][] = [];
  workspace.putInFront(async (request, answer) => {
    const response = await answer(request);
    const stored = workspace.tenant.snapshot().role_permissions as {
      role_id: string;
      permission_name: string;
    }[];
    seen.push(stored.filter(({ role_id }) => role_id === role).map((each) => each.permission_name));
    return response;
  });
  return seen;
}

describe("a permission added to a role", () => {
  it("is one call that names this permission alone", async () => {
    const bodies = recordBodies();
    workspace.replace("rbac/roles/clerk.yaml", "create:orders", "create:orders\n    - refund:orders");
    expect(await changesOfUp()).toEqual([`POST /roles/${clerk}/permissions`]);
    expect(bodies.get(`POST /roles/${clerk}/permissions`)).toEqual([
      {
        permissions: [
          { permission_name: "refund:orders", resource_server_identifier: "https://orders.example.test/" },
        ],
      },
    ]);
    expect(await permissionsOf(clerk)).toEqual(["create:orders", "read:orders", "refund:orders"]);
  });
});

describe("a permission replaced by another", () => {
  it("never takes from the role what stays", async () => {
    const seen = watchPermissions(clerk);
    workspace.replace("rbac/roles/clerk.yaml", "create:orders", "refund:orders");
    expect((await changesOfUp()).toSorted()).toEqual([
      `DELETE /roles/${clerk}/permissions`,
      `POST /roles/${clerk}/permissions`,
    ]);
    expect(seen.filter((permissions) => !permissions.includes("read:orders"))).toEqual([]);
    expect(await permissionsOf(clerk)).toEqual(["read:orders", "refund:orders"]);
  });
});

describe("a permission moved to another role", () => {
  it("is one call for each role", async () => {
    workspace.replace("rbac/roles/clerk.yaml", "\n    - create:orders", "");
    workspace.replace("rbac/roles/lead.yaml", "refund:orders", "refund:orders\n    - create:orders");
    expect((await changesOfUp()).toSorted()).toEqual(
      [`DELETE /roles/${clerk}/permissions`, `POST /roles/${lead}/permissions`].toSorted(),
    );
    expect(await permissionsOf(clerk)).toEqual(["read:orders"]);
    expect(await permissionsOf(lead)).toEqual(["create:orders", "read:orders", "refund:orders"]);
  });
});

describe("a role renamed with `formerly`", () => {
  it("keeps its id, its permissions and its users, without a changing call", async () => {
    workspace.rename("rbac/roles/clerk.yaml", "rbac/roles/order-clerk.yaml");
    workspace.replace("rbac/roles/order-clerk.yaml", "name: Clerk", "name: Clerk\nformerly: [clerk]");
    expect(await changesOfUp()).toEqual([]);
    expect(await workspace.manage("GET", `/roles/${clerk}`)).toMatchObject({ name: "Clerk" });
    expect(await permissionsOf(clerk)).toEqual(["create:orders", "read:orders"]);
    expect(await usersOf(clerk)).toEqual(["ada@example.test"]);
  });
});

describe("an API renamed with `formerly`", () => {
  it("keeps its id, its scopes and what is granted of it, without a changing call", async () => {
    const before = await workspace.manage("GET", "/resource-servers");
    workspace.rename("rbac/apis/orders.yaml", "rbac/apis/purchases.yaml");
    workspace.replace(
      "rbac/apis/purchases.yaml",
      "identifier:",
      "name: orders\nformerly: [orders]\nidentifier:",
    );
    for (const file of ["rbac/roles/clerk.yaml", "rbac/roles/lead.yaml", "rbac/clients/worker.yaml"])
      workspace.replace(file, "  orders:", "  purchases:");
    expect(await changesOfUp()).toEqual([]);
    expect(await workspace.manage("GET", "/resource-servers")).toEqual(before);
  });
});

describe("a scope removed from an API and from the role that had it", () => {
  it("is gone after one up, and nothing is left for the next", async () => {
    workspace.replace("rbac/apis/orders.yaml", "  create:orders: Place orders\n", "");
    workspace.replace("rbac/roles/clerk.yaml", "\n    - create:orders", "");
    await workspace.apply();
    const servers = await workspace.manage<{ name: string; scopes: { value: string }[] }[]>(
      "GET",
      "/resource-servers",
    );
    const scopes = servers.find(({ name }) => name === "orders")?.scopes.map(({ value }) => value);
    expect(scopes?.toSorted()).toEqual(["read:orders", "refund:orders"]);
    expect(await permissionsOf(clerk)).toEqual(["read:orders"]);
    expect(await workspace.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
  });
});
