import { describe, expect, it } from "vitest";
import { stage } from "#policy";
import assignDefaultRole from "../../hooks/assign-default-role.ts";
import rolesToTokens from "../../hooks/roles-to-tokens.ts";
import type { EventParts } from "../../src/policy/testing.ts";
import { type Result, type Run, runners } from "./lanes/index.ts";

const assign = {
  operation: "users.roles.assign",
  input: { id: "auth0|ada", roles: ["rol_customer"] },
};
const remembered = { firstRoleGiven: true };
const noScope = {
  status: 403,
  body: {
    statusCode: 403,
    error: "Forbidden",
    message: "Insufficient scope, expected any of: create:role_members,update:users",
    errorCode: "insufficient_scope",
  },
};

/** Who comes, and the first role's way: into the tenant (`calls`), the claims of this login, and the memory of it. */
const logins: Record<
  string,
  [EventParts<"login">, roles: string[], Omit<Result, "accessToken" | "idToken">]
> = {
  "a user without a role gets it, in the tokens of the same login": [
    { authorization: { roles: [] } },
    ["Customer"],
    { calls: [assign], appMetadata: remembered },
  ],
  "a social user, who never passed a registration hook, gets it": [
    {
      user: { user_id: "google-oauth2|7" },
      connection: { name: "google-oauth2", strategy: "google-oauth2" },
    },
    ["Customer"],
    {
      calls: [{ ...assign, input: { ...assign.input, id: "google-oauth2|7" } }],
      appMetadata: remembered,
    },
  ],
  "a user who has another role keeps that alone": [
    { authorization: { roles: ["Accountant"] } },
    ["Accountant"],
    { appMetadata: remembered },
  ],
  "a user who got it after registration is only remembered": [
    { authorization: { roles: ["Customer"] } },
    ["Customer"],
    { appMetadata: remembered },
  ],
  "a user who was stripped of all roles stays so": [
    { user: { app_metadata: remembered }, authorization: { roles: [] } },
    [],
    {},
  ],
  "a user of long standing costs no call": [
    { user: { app_metadata: remembered }, authorization: { roles: ["Customer"] } },
    ["Customer"],
    {},
  ],
  "a login into an organization is left alone": [
    { organization: { id: "org_1", name: "acme", metadata: {} } },
    [],
    {},
  ],
};

const steps: Run<"login">["steps"] = [
  ["hooks/assign-default-role.ts", assignDefaultRole({ role: "customer" })],
  ["hooks/roles-to-tokens.ts", rolesToTokens({ namespace: stage("claimNamespace") })],
];
const stageValues = { claimNamespace: "https://claims.test/" };

describe.each(Object.entries(runners))("assign-default-role at login, %s", (_, run) => {
  it.each(Object.entries(logins))("%s", async (_, [event, roles, rest]) => {
    const claims = { "https://claims.test/roles": roles };
    const result = await run({ flow: "login", steps, event, stageValues });
    expect(result).toEqual({ accessToken: claims, idToken: claims, ...rest });
  });

  it("denies the login, stores nothing and names the scope if the role cannot be assigned", async () => {
    const answers = { "users.roles.assign": noScope };
    const result = await run({ flow: "login", steps, event: {}, stageValues, answers });
    expect(result).toEqual({
      denied:
        'policy "assign-default-role" failed: users.roles.assign: 403 insufficient_scope: Insufficient scope, expected any of: create:role_members,update:users',
      calls: [assign],
    });
  });
});

describe.each(Object.entries(runners))("assign-default-role after registration, %s", (_, run) => {
  const registration = {
    flow: "postUserRegistration",
    steps: [["hooks/assign-default-role.ts", assignDefaultRole({ role: "customer" })]],
    event: {},
  } as const;

  it("gives the role to the user by the full id", async () => {
    expect(await run(registration)).toEqual({ calls: [assign] });
  });

  it("fails with what is missing, for the log", async () => {
    const result = await run({ ...registration, answers: { "users.roles.assign": noScope } });
    expect(result.denied).toContain("users.roles.assign: 403 insufficient_scope");
  });
});
