import { randomUUID } from "node:crypto";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Application, logIn, signUp } from "../../src/cli/visitor.ts";
import { estateWithPolicies } from "../support/small-estate.ts";
import { changingCalls, countsIn, Workspace } from "../support/workspace.ts";

let workspace: Workspace;
let application: Application;
/** What the stack is like after its first up in each lane, in one workspace. */
const applied: Record<string, () => void> = {};

const lanes = ["rules-and-hooks", "actions"] as const;
const password = "correct horse Battery 9";
const claim = "https://claims.example.test/roles";

beforeAll(async () => {
  workspace = await Workspace.create({ estate: estateWithPolicies });
  setDefaultCACertificates([...getCACertificates(), workspace.tenant.ca.pem]);
  for (const lane of lanes) {
    workspace.configure({ "rolebook:extensibility": lane });
    await workspace.apply();
    applied[lane] = workspace.keep();
  }
  const clients = await workspace.manage<{ name: string; client_id: string }[]>("GET", "/clients");
  application = {
    clientId: clients.find(({ name }) => name === "Shop")?.client_id ?? "",
    callback: "https://shop.example.test/callback",
    audience: "https://orders.example.test/",
  };
});
afterAll(() => workspace.close());

const rolesOf = async (email: string) => {
  const [user] = await workspace.manage<{ user_id: string }[]>("GET", `/users-by-email?email=${email}`);
  const roles = await workspace.manage<{ name: string; id: string }[]>(
    "GET",
    `/users/${encodeURIComponent(user?.user_id ?? "")}/roles`,
  );
  return {
    userId: user?.user_id ?? "",
    names: roles.map(({ name }) => name),
    ids: roles.map(({ id }) => id),
  };
};

/** Somebody whom the tenant has never seen. */
const stranger = () => ({
  connection: "google-oauth2",
  email: `${randomUUID()}@example.test`,
  name: "Grace",
});

const tenantUrl = () => new URL(workspace.tenant.url);

const policiesGrant = async () => {
  const grants = await workspace.manage<{ id: string; client_id: string; scope: string[] }[]>(
    "GET",
    "/client-grants",
  );
  const grant = grants.find(({ client_id }) => client_id !== workspace.tenant.deployer.clientId);
  if (!grant) throw new Error("the policies' client has no grant");
  return grant;
};

/** The code that runs in the tenant, and the values it is given. */
const code = async () => {
  const of = async (list: string) => (await workspace.manage<unknown[]>("GET", list)).length;
  const { actions } = await workspace.manage<{ actions: unknown[] }>("GET", "/actions/actions");
  const bound = async (trigger: string) =>
    (await workspace.manage<{ bindings: unknown[] }>("GET", `/actions/triggers/${trigger}/bindings`)).bindings
      .length;
  return {
    hooks: await of("/hooks"),
    rules: await of("/rules"),
    "rules-configs": await of("/rules-configs"),
    actions: actions.length,
    bindings:
      (await bound("post-login")) +
      (await bound("post-user-registration")) +
      (await bound("credentials-exchange")),
  };
};

describe.each(lanes)("an estate on %s", (lane) => {
  beforeEach(() => applied[lane]?.());

  it("gives who registers the default role, and the token of the first login has it", async () => {
    const email = `${randomUUID()}@example.test`;
    await signUp(tenantUrl(), application, email, password);
    await workspace.tenant.settled();
    expect((await rolesOf(email)).names).toEqual(["Customer"]);
    const { access, id } = await logIn(tenantUrl(), application, { email, password });
    expect(access).toMatchObject({ [claim]: ["Customer"], permissions: ["read:own-orders"] });
    expect(id).toMatchObject({ [claim]: ["Customer"] });
  });

  it("gives a social user the role in the token of the first login, and stores it", async () => {
    const visitor = stranger();
    const { access, id } = await logIn(tenantUrl(), application, visitor);
    expect(access).toMatchObject({ [claim]: ["Customer"], permissions: ["read:own-orders"] });
    expect(id).toMatchObject({ [claim]: ["Customer"] });
    expect((await rolesOf(visitor.email)).names).toEqual(["Customer"]);
  });

  it("calls the Management API at the first login only", async () => {
    const visitor = stranger();
    const { client_id } = await policiesGrant();
    const byPolicies = async () =>
      (await workspace.calls(() => logIn(tenantUrl(), application, visitor)))
        .filter(({ path, clientId }) => path.startsWith("/api/v2/") && clientId === client_id)
        .map(({ operation, status }) => ({ operation, status }));
    expect(await byPolicies()).toEqual([{ operation: "addUserRoles", status: 204 }]);
    expect(await byPolicies()).toEqual([]);
  });

  it("does not give the role again to who was stripped of it", async () => {
    const visitor = stranger();
    await logIn(tenantUrl(), application, visitor);
    const { userId, ids } = await rolesOf(visitor.email);
    await workspace.manage("DELETE", `/users/${encodeURIComponent(userId)}/roles`, { roles: ids });
    const { access } = await logIn(tenantUrl(), application, visitor);
    expect(access).toMatchObject({ [claim]: [], permissions: [] });
    expect((await rolesOf(visitor.email)).names).toEqual([]);
  });

  it("is refused nothing by the Management API", async () => {
    const calls = await workspace.calls(async () => {
      const email = `${randomUUID()}@example.test`;
      await signUp(tenantUrl(), application, email, password);
      await workspace.tenant.settled();
      await logIn(tenantUrl(), application, { email, password });
      await logIn(tenantUrl(), application, stranger());
    });
    expect(calls.filter(({ path }) => path.startsWith("/api/v2/")).length).toBeGreaterThan(0);
    expect(calls.filter(({ status }) => status >= 400)).toEqual([]);
  });

  it("needs every scope that its policies' client is granted", async () => {
    const { id, scope } = await policiesGrant();
    expect(scope).not.toEqual([]);
    for (const taken of scope) {
      await workspace.manage("PATCH", `/client-grants/${id}`, {
        scope: scope.filter((each) => each !== taken),
      });
      const login = logIn(tenantUrl(), application, stranger());
      await expect(login).rejects.toThrow(/insufficient_scope/);
      await expect(login).rejects.toThrow(taken);
      await expect(login).rejects.toThrow("users.roles.assign");
    }
  });
});

describe("a switch of extensibility", () => {
  it("is made as previewed, leaves the code of one lane, and nothing for the next up", async () => {
    applied["rules-and-hooks"]?.();
    expect(await code()).toEqual({ hooks: 2, rules: 1, "rules-configs": 5, actions: 0, bindings: 0 });
    applied.actions?.(); // switched from rules and hooks
    expect(await code()).toEqual({ hooks: 0, rules: 0, "rules-configs": 0, actions: 3, bindings: 3 });
    await expectNoChange();

    workspace.configure({ "rolebook:extensibility": "rules-and-hooks" });
    const previewed = countsIn(await workspace.preview());
    expect(countsIn(await workspace.apply())).toEqual(previewed);
    expect(previewed).toMatchObject({ create: "11", delete: "9" });
    expect(await code()).toEqual({ hooks: 2, rules: 1, "rules-configs": 5, actions: 0, bindings: 0 });
    await expectNoChange();
  });
});

async function expectNoChange(): Promise<void> {
  const calls = await workspace.calls(() => workspace.apply("--expect-no-changes"));
  expect(changingCalls(calls)).toEqual([]);
}
