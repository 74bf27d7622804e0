import type { Table } from "../cases.ts";
import addPlanClaim from "./add-plan-claim.ts";
import * as allowEmailDomains from "./allow-email-domains.ts";
import * as assignDefaultRole from "./assign-default-role.ts";
import chatToken from "./chat-token.ts";
import denyUnlistedRoles from "./deny-unlisted-roles.ts";
import enrichSeller from "./enrich-seller.ts";
import fallbackRoles from "./fallback-roles.ts";
import groupsToRoles from "./groups-to-roles.ts";
import narrowMachineScopes from "./narrow-machine-scopes.ts";
import preferencesToTokens from "./preferences-to-tokens.ts";
import recordFirstLogin from "./record-first-login.ts";
import rolesToTokens from "./roles-to-tokens.ts";
import storeGroupRoles from "./store-group-roles.ts";

/** All tables, by the name of the policy. */
export const allTables: readonly Table[] = [
  addPlanClaim,
  allowEmailDomains.atRegistration,
  allowEmailDomains.atLogin,
  assignDefaultRole.afterRegistration,
  assignDefaultRole.atLogin,
  chatToken,
  denyUnlistedRoles,
  enrichSeller,
  fallbackRoles,
  groupsToRoles,
  narrowMachineScopes,
  preferencesToTokens,
  recordFirstLogin,
  rolesToTokens,
  storeGroupRoles,
];
