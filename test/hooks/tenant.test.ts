import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { stage } from "#policy";
import assignDefaultRole from "../../hooks/assign-default-role.ts";
import groupsToRoles from "../../hooks/groups-to-roles.ts";
import rolesToTokens from "../../hooks/roles-to-tokens.ts";
import storeGroupRoles from "../../hooks/store-group-roles.ts";
import { scopesOf } from "../../src/model/operations.ts";
import type { StoreDump } from "../../tenant/index.ts";
import { type Answer, claimsOf, DATABASE, PASSWORD } from "../support/estate.ts";
import { stageValues } from "./cases.ts";
import { type Deployed, type DeployedFlows, deploy, extensibilities } from "./deployed.ts";
import { race } from "./race.ts";
import { allTables } from "./tables/index.ts";

/** Everything in the box that calls the Management API. */
const flows: DeployedFlows = {
  login: [
    ["groups-to-roles", groupsToRoles({})],
    ["store-group-roles", storeGroupRoles({})],
    ["assign-default-role", assignDefaultRole({ role: "customer" })],
    ["roles-to-tokens", rolesToTokens({ namespace: stage("claimNamespace") })],
  ],
};

const rolesIn = ({ status, body }: Answer) =>
  status === 200 ? claimsOf(body.access_token)[`${stageValues.claimNamespace}roles`] : body;

describe.each(extensibilities)("the shipped policies, deployed as %s", (extensibility) => {
  let estate: Deployed;
  let untouched: StoreDump;
  const email = "ada@example.com";
  const id = "auth0|ada";

  beforeAll(async () => {
    estate = await deploy(extensibility, flows);
    await estate.manage("POST", "/users", {
      connection: DATABASE,
      user_id: "ada",
      email,
      password: PASSWORD,
    });
    untouched = estate.tenant.snapshot();
  });
  beforeEach(() => estate.tenant.restore(untouched));
  afterAll(() => estate.tenant.close());

  const change = (method: string, path: string, body: unknown) =>
    estate.manage(method, `/users/${encodeURIComponent(id)}${path}`, body);
  const refresh = async (refresh_token: string) =>
    estate.post("/oauth/token", {
      grant_type: "refresh_token",
      client_id: estate.shop.client_id,
      refresh_token,
    });

  it("give one role to who logs in twice at once, and it is in both tokens", async () => {
    const logins = await Promise.all([estate.logIn(email), estate.logIn(email)]);
    expect(logins.map(rolesIn)).toEqual([["Customer"], ["Customer"]]);
    expect(await estate.rolesOf(id)).toEqual(["Customer"]);
  });

  it("give a refreshed token the roles of then", async () => {
    const { body } = await estate.logIn(email, "openid offline_access");
    await change("POST", "/roles", { roles: [estate.roleIds.accountant] });
    await change("DELETE", "/roles", { roles: [estate.roleIds.customer] });
    expect(rolesIn(await refresh(body.refresh_token))).toEqual(["Accountant"]);
    await change("DELETE", "/roles", { roles: [estate.roleIds.accountant] });
    expect(rolesIn(await refresh(body.refresh_token))).toEqual([]);
  });

  it("give a token that is refreshed while roles change the roles of before or of after", async () => {
    const { body } = await estate.logIn(email, "openid offline_access");
    const [before, after] = [["Customer"], ["Customer", "Accountant"]];
    const [refreshed] = await Promise.all([
      refresh(body.refresh_token),
      change("POST", "/roles", { roles: [estate.roleIds.accountant] }),
    ]);
    expect([before, after]).toContainEqual(rolesIn(refreshed));
  });

  it("let nobody in who is due a role that was deleted meanwhile, and say so", async () => {
    await estate.manage("DELETE", `/roles/${estate.roleIds.customer}`);
    expect(rolesIn(await estate.logIn(email))).toMatchObject({
      error: "access_denied",
      error_description:
        'policy "assign-default-role" failed: users.roles.assign: 404 inexistent_role: The role does not exist.',
    });
  });

  it("store the roles of a group, and take them back with the group", async () => {
    await change("PATCH", "", { app_metadata: { groups: ["clerks"] } });
    expect(rolesIn(await estate.logIn(email))).toEqual(["Customer"]);
    expect(await estate.rolesOf(id)).toEqual(["Customer"]);
    await change("PATCH", "", { app_metadata: { groups: [] } });
    await estate.logIn(email);
    expect(await estate.rolesOf(id)).toEqual([]);
  });

  it.each([
    ["create:role_members", { groups: ["clerks"] }, "users.roles.assign"],
    ["delete:role_members", { firstRoleGiven: true, rolesOfGroups: ["rol_1"] }, "users.roles.remove"],
  ])("are refused without the scope %s", async (taken, app_metadata, operation) => {
    const { id: grant, scope } = estate.grant;
    expect(scope).toContain(taken);
    await estate.manage("PATCH", `/client-grants/${grant}`, {
      scope: scope.filter((each) => each !== taken),
    });
    await change("PATCH", "", { app_metadata });
    const { body } = await estate.logIn(email);
    expect(body.error_description).toContain(`${operation}: 403 insufficient_scope`);
    expect(body.error_description).toContain(taken);
  });

  it("need no other scopes", () => {
    const used = allTables.flatMap(({ steps }) => steps.flatMap(([, { policy }]) => policy.uses ?? []));
    expect(estate.grant.scope).toEqual(scopesOf(used));
  });
});

describe.each(extensibilities)("registrations and first logins at once, as %s", (extensibility) => {
  it("come to one role, in the tokens of the first login", async () => {
    const { wrong } = await race(extensibility, 16, 1);
    expect(wrong).toEqual([]);
  });
});
