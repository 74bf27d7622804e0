// What happens in the tenant, from top to bottom: which policies run at which moment, with which settings.
import { flows, stage } from "#policy";
import addPlanClaim from "./add-plan-claim.ts";
import assignDefaultRole from "./assign-default-role.ts";
import denyUnlistedRoles from "./deny-unlisted-roles.ts";
import groupsToRoles from "./groups-to-roles.ts";
import narrowMachineScopes from "./narrow-machine-scopes.ts";
import recordFirstLogin from "./record-first-login.ts";
import rolesToTokens from "./roles-to-tokens.ts";

export default flows({
  postUserRegistration: [assignDefaultRole({ role: "customer" })],
  credentialsExchange: [narrowMachineScopes({}), addPlanClaim({ namespace: stage("claimNamespace") })],
  login: [
    recordFirstLogin({}),
    groupsToRoles({}),
    // Again, for those who never register here: social users, and users who were imported.
    assignDefaultRole({ role: "customer" }),
    rolesToTokens({ namespace: stage("claimNamespace"), groups: true }),
    denyUnlistedRoles({}),
  ],
});
