import { stage } from "#policy";
import groupsToRoles from "../../../hooks/groups-to-roles.ts";
import rolesToTokens from "../../../hooks/roles-to-tokens.ts";
import { adapted, inBothTokens, type Steps, table } from "../cases.ts";

const withClaims: Steps<"login">[number] = [
  "roles-to-tokens",
  rolesToTokens({ namespace: stage("claimNamespace"), groups: true }),
];
const none = inBothTokens({ roles: [], groups: [] });
const finance = inBothTokens({ roles: ["Accountant"], groups: ["finance", "staff"] });
const directory = { connection: { name: "acme-ad", strategy: "ad" } };
const persisted: Steps<"login"> = [["groups-to-roles", groupsToRoles({ persist: true })], withClaims];
const kept = {
  groups: ["finance", "staff"],
  roles: ["Accountant"],
  permissions: ["read:orders", "refund:orders"],
};

export default table({
  policy: "groups-to-roles",
  flow: "login",
  steps: [["groups-to-roles", groupsToRoles({})], withClaims],
  cases: [
    { who: "a user without groups has no roles of them", out: none },
    {
      who: "a user in a group has its roles, and the groups around it",
      comes: { user: { app_metadata: { groups: ["finance"] } } },
      out: finance,
    },
    {
      who: "a user whom a directory sends in a group has its roles",
      comes: { ...directory, user: { groups: ["CN=Finance,OU=Berlin", "CN=Unknown"] } },
      out: finance,
    },
    {
      who: "another connection cannot send that group",
      comes: {
        user: { user_id: "google-oauth2|7", groups: ["CN=Finance,OU=Berlin", "finance"] },
        connection: { name: "google-oauth2", strategy: "google-oauth2" },
      },
      out: none,
    },
    {
      who: "a user with groups of his own and of a directory has the roles of both",
      comes: {
        ...directory,
        user: { app_metadata: { groups: ["clerks"] }, groups: ["CN=Finance,OU=Berlin"] },
      },
      out: inBothTokens({ roles: ["Accountant", "Customer"], groups: ["clerks", "finance", "staff"] }),
      differs: {
        "hook or rule": {
          because: "a rule's user has app_metadata.groups in the place of what the directory sends",
          out: inBothTokens({ roles: ["Customer"], groups: ["clerks"] }),
        },
      },
    },
    {
      who: "roles by hand stay, and none comes twice",
      comes: {
        authorization: { roles: ["Accountant", "Customer"] },
        user: { app_metadata: { groups: ["finance", "finance"] } },
      },
      out: inBothTokens({ roles: ["Accountant", "Customer"], groups: ["finance", "staff"] }),
    },
    {
      who: "groups that are not declared give nothing",
      comes: {
        user: { app_metadata: { groups: ["Finance", " finance", "constructor", "f".repeat(10_000)] } },
      },
      out: none,
    },
    {
      who: "a group called __proto__ is one like the others",
      comes: { user: { app_metadata: { groups: ["__proto__"] } } },
      out: inBothTokens({ roles: ["Sales, EMEA"], groups: ["__proto__"] }),
    },
    ...["finance", { 0: "finance" }, null, 7, [["finance"]], [null, 7, {}]].map((groups) => ({
      who: `groups that are ${JSON.stringify(groups)} count as none`,
      comes: { user: { app_metadata: { groups } } },
      out: none,
    })),
    {
      who: "user_metadata, which users can change, has no groups",
      comes: { user: { user_metadata: { groups: ["finance"] } } },
      out: none,
    },
    {
      who: "app_metadata that is a text counts as none",
      comes: { user: { app_metadata: "finance" as never } },
      out: none,
      differs: adapted,
    },
    {
      who: "with persist, what groups come to is kept",
      comes: { user: { app_metadata: { groups: ["finance"] } } },
      steps: persisted,
      out: { ...finance, appMetadata: { authorization: kept } },
    },
    {
      who: "with persist, what is kept already is not written again",
      comes: { user: { app_metadata: { groups: ["finance"], authorization: kept } } },
      steps: persisted,
      out: finance,
    },
    {
      who: "with persist, what is kept is no source",
      comes: { user: { app_metadata: { authorization: kept } } },
      steps: persisted,
      out: { ...none, appMetadata: { authorization: { groups: [], roles: [], permissions: [] } } },
    },
  ],
});
