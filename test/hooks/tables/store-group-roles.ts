import groupsToRoles from "../../../hooks/groups-to-roles.ts";
import storeGroupRoles from "../../../hooks/store-group-roles.ts";
import { type Answer, type Outcome, type Steps, table } from "../cases.ts";

const call = (operation: string, ...roles: readonly string[]) => ({
  operation,
  input: { id: "auth0|ada", roles },
});
const assign = call("users.roles.assign", "rol_customer");
const remove = (...roles: readonly string[]) => call("users.roles.remove", ...roles);
const groups = (...names: readonly string[]) => ({ groups: names });
const given = (...roles: readonly string[]) => ({ rolesOfGroups: roles });
const refused: Answer = {
  status: 403,
  body: { errorCode: "insufficient_scope", message: "Insufficient scope" },
};
const failed = (text: string) => `policy "store-group-roles" failed: ${text}`;

/** Ids of roles are those of the tenant: `rol_customer` stands for one that is there. */
const roles = (rest: Outcome): Outcome => rest;

export default table({
  policy: "store-group-roles",
  flow: "login",
  steps: [
    ["groups-to-roles", groupsToRoles({})],
    ["store-group-roles", storeGroupRoles({})],
  ] satisfies Steps<"login">,
  cases: [
    { who: "a user without groups costs no call", out: roles({}) },
    {
      who: "a user in a group whose roles are claimed costs none either",
      comes: { user: { app_metadata: groups("finance") } },
      out: {},
    },
    {
      who: "a user in a group with delivery: stored is assigned its roles, and that is remembered",
      comes: { user: { app_metadata: groups("clerks") } },
      out: { calls: [assign], appMetadata: given("rol_customer") },
    },
    {
      who: "the next login costs no call",
      comes: { user: { app_metadata: { ...groups("clerks"), ...given("rol_customer") } } },
      out: {},
    },
    {
      who: "a user who has left the group loses the role",
      comes: { user: { app_metadata: given("rol_customer") } },
      out: { calls: [remove("rol_customer")], appMetadata: given() },
    },
    {
      who: "a role that somebody gave by hand is left alone",
      comes: { authorization: { roles: ["Accountant"] } },
      out: {},
    },
    {
      who: "a role that was deleted in the tenant is taken back all the same",
      comes: { user: { app_metadata: given("rol_gone") } },
      out: { calls: [remove("rol_gone")], appMetadata: given() },
    },
    {
      who: "a group whose role was deleted in the tenant lets nobody in",
      comes: { user: { app_metadata: groups("leavers") } },
      out: {
        denied: failed("users.roles.assign: 404 inexistent_role: The role does not exist."),
        calls: [call("users.roles.assign", "rol_gone")],
      },
    },
    {
      who: "a missing scope for taking back denies, and nothing is remembered",
      comes: { user: { app_metadata: { ...groups("clerks"), ...given("rol_accountant") } } },
      management: { "users.roles.remove": [refused] },
      out: {
        denied: failed("users.roles.remove: 403 insufficient_scope: Insufficient scope"),
        calls: [assign, remove("rol_accountant")],
      },
    },
    ...["rol_customer", { 0: "rol_customer" }, null, [7, null, {}]].map((rolesOfGroups) => ({
      who: `a memory that is ${JSON.stringify(rolesOfGroups)} counts as none`,
      comes: { user: { app_metadata: { ...groups("clerks"), rolesOfGroups } } },
      out: { calls: [assign], appMetadata: given("rol_customer") },
    })),
    {
      who: "user_metadata, which users can change, is no memory",
      comes: { user: { user_metadata: given("rol_accountant") } },
      out: {},
    },
  ],
});
