// The official SDK `auth0`, over TLS: each operation that the tenant has is called by the SDK's own method.
import { ManagementClient } from "auth0";
import { afterAll, describe, expect, it } from "vitest";
import { type OperationName, operations } from "../../tenant/management/operations.ts";
import { estate, makeRole, makeUser, sdk, unique } from "../support/sdk-bench.ts";
import { endpointOf, sdkEndpoints } from "../support/sdk-endpoints.ts";
import { exercises } from "../support/sdk-exercises.ts";

afterAll(() => estate.tenant.close());

const firstPart = (path: string) => path.split("/")[1] ?? "";
const operationsIn = (group: string) =>
  (Object.keys(operations) as OperationName[]).filter((name) => firstPart(operations[name].path) === group);

describe("the SDK for the Management API", () => {
  it.each(Object.entries(exercises))("calls every operation of /%s", async (group, exercise) => {
    const before = estate.tenant.calls().length;
    await exercise();
    const calls = estate.tenant.calls().slice(before);
    const called = new Set(calls.filter(({ status }) => status < 300).map(({ operation }) => operation));
    expect(operationsIn(group).filter((name) => !called.has(name))).toEqual([]);
  });

  it("has a method for every operation of the tenant, and a test of it", () => {
    const known = sdkEndpoints();
    const ours = Object.values(operations);
    expect(ours.filter(({ method, path }) => !known.has(endpointOf(method, path)))).toEqual([]);
    expect(new Set(ours.map(({ path }) => firstPart(path)))).toEqual(new Set(Object.keys(exercises)));
  });

  it("has methods of these groups that the tenant lacks, and no others", () => {
    const ours = new Set(Object.values(operations).map(({ method, path }) => endpointOf(method, path)));
    const lacking = [...sdkEndpoints()]
      .filter((endpoint) => !ours.has(endpoint))
      .map((endpoint) => endpoint.split(" ")[1] ?? "")
      .filter((path) => firstPart(path) in exercises);
    expect(lacking.filter((path) => !absent.some((known) => path.startsWith(known)))).toEqual([]);
    expect(absent.filter((known) => !lacking.some((path) => path.startsWith(known)))).toEqual([]);
  });
});

/** Beginnings of paths that answer 501, in whole or in part, although the tenant has others of their group. */
const absent = [
  "/actions/actions/:/test",
  "/actions/executions",
  "/actions/modules",
  "/clients/cimd",
  "/connection-profiles/templates",
  "/connections/:/directory-provisioning",
  "/connections/:/keys",
  "/connections/:/scim-configuration",
  "/connections/:/status",
  "/connections/:/users",
  "/keys/custom-signing",
  "/keys/encryption",
  "/keys/network-acls",
  "/organizations/:/groups",
  "/organizations/:/invitations",
  "/organizations/:/members/:/effective-roles",
  "/organizations/:/organization-templates",
  "/organizations/search",
  "/resource-servers/search",
  "/roles/:/groups",
  "/user-attribute-profiles/templates",
  "/users/:/authentication-methods",
  "/users/:/authenticators",
  "/users/:/connected-accounts",
  "/users/:/effective-permissions",
  "/users/:/effective-roles",
  "/users/:/enrollments",
  "/users/:/groups",
  "/users/:/identities",
  "/users/:/logs",
  "/users/:/multifactor",
  "/users/:/recovery-code-regeneration",
  "/users/:/refresh-tokens",
  "/users/:/revoke-access",
  "/users/:/risk-assessments",
  "/users/:/sessions",
];

describe("lists by the SDK", () => {
  it("go through all pages", async () => {
    const names = await Promise.all(
      ["a", "b", "c"].map((name) => sdk.roles.create({ name: unique(`page-${name}`) })),
    );
    const seen: unknown[] = [];
    for await (const { id } of await sdk.roles.list({ per_page: 2, name_filter: "page-" })) seen.push(id);
    expect(seen.toSorted()).toEqual(names.map(({ id }) => id).toSorted());
  });

  it("go from checkpoint to checkpoint", async () => {
    const id = await makeRole();
    const users = [await makeUser(), await makeUser(), await makeUser()];
    await sdk.roles.users.assign(id, { users });
    const seen: unknown[] = [];
    for await (const { user_id } of await sdk.roles.users.list(id, { take: 2 })) seen.push(user_id);
    expect(seen.toSorted()).toEqual(users.toSorted());
  });

  it("end, those of actions too, which say no total on an empty page", async () => {
    const seen: unknown[] = [];
    for await (const action of await sdk.actions.list({ per_page: 1 })) seen.push(action);
    expect(seen).toHaveLength(
      (await estate.manage<{ actions: unknown[] }>("GET", "/actions/actions")).actions.length,
    );
  });
});

describe("the SDK", () => {
  it("signs in by client credentials", async () => {
    const { domain, deployer } = estate.tenant;
    const deployment = new ManagementClient({ domain, ...deployer });
    expect((await deployment.roles.get(estate.roleId)).name).toBe("customer");
  });

  it("throws what the tenant says, by its status", async () => {
    await expect(sdk.roles.get("rol_0000000000000000")).rejects.toMatchObject({
      statusCode: 404,
      body: { error: "Not Found", errorCode: "inexistent_role" },
    });
    await expect(sdk.roles.create({ name: "" })).rejects.toMatchObject({
      name: "BadRequestError",
      body: { errorCode: "invalid_body" },
    });
    const token = await estate.tenant.managementToken(["read:roles"]);
    const reader = new ManagementClient({ domain: estate.tenant.domain, token });
    await expect(reader.clients.list()).rejects.toMatchObject({
      name: "ForbiddenError",
      body: { errorCode: "insufficient_scope" },
    });
  });

  it("waits and asks again when too much was asked", async () => {
    const reset = String(Math.ceil(Date.now() / 1000));
    const effect = { kind: "status", status: 429, headers: { "x-ratelimit-reset": reset } } as const;
    const { id } = estate.tenant.faults.add({ operation: "listRoles", effect });
    expect((await sdk.roles.list()).data).not.toEqual([]);
    expect(estate.tenant.faults.list()).toMatchObject([{ id, matched: 2, hits: 1 }]);
  });
});
