import { stage } from "#policy";
import fallbackRoles from "../../../hooks/fallback-roles.ts";
import rolesToTokens from "../../../hooks/roles-to-tokens.ts";
import { inBothTokens, table } from "../cases.ts";

export default table({
  policy: "fallback-roles",
  flow: "login",
  steps: [
    ["fallback-roles", fallbackRoles({ roles: ["customer", "emea" as never] })],
    ["roles-to-tokens", rolesToTokens({ namespace: stage("claimNamespace") })],
  ],
  cases: [
    {
      who: "a user without a role passes for one who has these, and nothing is stored",
      out: inBothTokens({ roles: ["Customer", "Sales, EMEA"] }),
    },
    {
      who: "a user with a role has that alone",
      comes: { authorization: { roles: ["Accountant"] } },
      out: inBothTokens({ roles: ["Accountant"] }),
    },
    {
      who: "a user whose only role is called __proto__ has one",
      comes: { authorization: { roles: ["__proto__"] } },
      out: inBothTokens({ roles: ["__proto__"] }),
    },
  ],
});
