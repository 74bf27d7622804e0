import { stage } from "#policy";
import groupsToRoles from "../../../hooks/groups-to-roles.ts";
import rolesToTokens from "../../../hooks/roles-to-tokens.ts";
import { claims, inBothTokens, type Steps, table } from "../cases.ts";

const namespace = stage("claimNamespace");
const orders = { resource_server: { identifier: "https://orders.test/" } };
const withPermissions: Steps<"login"> = [
  ["roles-to-tokens", rolesToTokens({ namespace, permissions: true })],
];

export default table({
  policy: "roles-to-tokens",
  flow: "login",
  steps: [["roles-to-tokens", rolesToTokens({ namespace })]],
  cases: [
    { who: "a user without roles has an empty list", out: inBothTokens({ roles: [] }) },
    {
      who: "a user has all roles, in the order Auth0 gives",
      comes: { authorization: { roles: ["Customer", "Accountant"] } },
      out: inBothTokens({ roles: ["Customer", "Accountant"] }),
    },
    {
      who: "names of roles come as they are",
      comes: {
        authorization: { roles: ["__proto__", "constructor", "Sales, EMEA", " Käufer ", "R".repeat(300)] },
      },
      out: inBothTokens({ roles: ["__proto__", "constructor", "Sales, EMEA", " Käufer ", "R".repeat(300)] }),
    },
    {
      who: "a namespace may be the same in every stage",
      comes: { authorization: { roles: ["Customer"] } },
      steps: [["roles-to-tokens", rolesToTokens({ namespace: "https://ours.test/" })]],
      out: {
        accessToken: { "https://ours.test/roles": ["Customer"] },
        idToken: { "https://ours.test/roles": ["Customer"] },
      },
    },
    {
      who: "with permissions, what the roles give at the API the token is for",
      comes: { ...orders, authorization: { roles: ["Customer", "Accountant"] } },
      steps: withPermissions,
      out: inBothTokens({
        roles: ["Customer", "Accountant"],
        permissions: ["read:orders", "read:own-orders", "refund:orders"],
      }),
    },
    {
      who: "with permissions, a role called __proto__ gives its own, one called constructor nothing",
      comes: { ...orders, authorization: { roles: ["__proto__", "constructor"] } },
      steps: withPermissions,
      out: inBothTokens({ roles: ["__proto__", "constructor"], permissions: ["read:own-orders"] }),
    },
    {
      who: "with permissions, a token for another API has none",
      comes: {
        resource_server: { identifier: "https://billing.test/" },
        authorization: { roles: ["Customer"] },
      },
      steps: withPermissions,
      out: inBothTokens({ roles: ["Customer"], permissions: [] }),
    },
    {
      who: "with permissions, a token for no API has none, not even for one called __proto__",
      comes: { authorization: { roles: ["Customer"] } },
      steps: withPermissions,
      out: inBothTokens({ roles: ["Customer"], permissions: [] }),
    },
    {
      who: "with permissions, a request that names two APIs has those of the one the token is for",
      comes: {
        ...orders,
        authorization: { roles: ["Customer"] },
        request: { body: { audience: "https://billing.test/" } },
      },
      steps: withPermissions,
      out: inBothTokens({ roles: ["Customer"], permissions: ["read:own-orders"] }),
      differs: {
        "hook or rule": {
          because: "rules see the request only, which does not say which of the two it is",
          out: inBothTokens({ roles: ["Customer"], permissions: [] }),
        },
      },
    },
    {
      who: "with groups, those that groups-to-roles found",
      comes: { user: { app_metadata: { groups: ["finance"] } } },
      steps: [
        ["groups-to-roles", groupsToRoles({})],
        ["roles-to-tokens", rolesToTokens({ namespace, groups: true })],
      ],
      out: inBothTokens({ roles: ["Accountant"], groups: ["finance", "staff"] }),
    },
    {
      who: "with groups, none if groups-to-roles is not there or switched off",
      comes: { user: { app_metadata: { groups: ["finance"] } } },
      steps: [
        ["groups-to-roles", groupsToRoles({ enabled: stage("off" as never) })],
        ["roles-to-tokens", rolesToTokens({ namespace, groups: true })],
      ],
      out: { accessToken: claims({ roles: [], groups: [] }), idToken: claims({ roles: [], groups: [] }) },
    },
  ],
});
