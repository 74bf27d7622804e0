// The laws of the declaration language that need more than one file to check.
import type { Rule } from "./rule.ts";
import { claimsAreSmall, rolesCanBeGot, scopesAreGranted, scopesAreVerbAndNoun } from "./rules/advice.ts";
import { apisDefineFewEnoughScopes, identifiersAreUnique } from "./rules/apis.ts";
import { allowedRolesFitIntoMetadata, metadataIsSmall } from "./rules/client-metadata.ts";
import {
  clientsAuthenticateInOneWay,
  clientsHaveWhatTheirTypeHas,
  grantsAreFewEnough,
  onePoliciesClient,
  onlyMachinesAreGrantedManagement,
  onlyManagementIsGrantedFromPolicies,
  policiesHaveAClient,
} from "./rules/clients.ts";
import { groupsHaveNoCycles, includesHaveNoCycles } from "./rules/cycles.ts";
import { approvalsHold, rolesAreReviewed } from "./rules/dates.ts";
import { allowedRolesAreEnforced, groupsAreEnforced } from "./rules/enforcement.ts";
import { settingsNameRoles, stacksGiveFittingValues, stacksGiveShortValues } from "./rules/flows.ts";
import { groupsGiveRoles, groupsNameGroups, groupsStoreFewEnoughRoles } from "./rules/groups.ts";
import {
  approvalsAreNeeded,
  approvalsNameClients,
  grantsAreApproved,
  guardrailsNamePermissions,
  nobodyHasWhatIsForbidden,
} from "./rules/guardrails.ts";
import { listsNameThingsOnce } from "./rules/lists.ts";
import {
  clientNamesAreUnique,
  formerKeysAreFree,
  groupNamesAreUnique,
  roleNamesAreUnique,
} from "./rules/names.ts";
import { retiredApisAreNotUsed, retiredGroupsAreNotUsed, retiredRolesAreNotUsed } from "./rules/retired.ts";
import {
  namedRolesAreDeclared,
  rolesAreFewEnough,
  rolesGiveFewEnoughPermissions,
  rolesGivePermissions,
} from "./rules/roles.ts";
import {
  rolesLeaveManagementAlone,
  selectionsNameApis,
  selectionsNameScopes,
  selectionsNameScopesOnce,
} from "./rules/selections.ts";
import { nobodyHoldsWhatIsSeparate } from "./rules/separation.ts";
import {
  settingsNameStageValues,
  stacksGiveDeclaredValues,
  stageValuesAreUsed,
  templatesNameStageValues,
} from "./rules/stage-names.ts";
import {
  extensibilityIsKnown,
  secretsAreEncrypted,
  stacksGiveAllValues,
  stageValuesHaveTheirType,
} from "./rules/stage-values.ts";

/** Every law, in no order that matters: findings are sorted by place. */
export const rules: readonly Rule[] = [
  identifiersAreUnique,
  apisDefineFewEnoughScopes,
  roleNamesAreUnique,
  groupNamesAreUnique,
  clientNamesAreUnique,
  formerKeysAreFree,
  listsNameThingsOnce,
  namedRolesAreDeclared,
  includesHaveNoCycles,
  rolesAreFewEnough,
  rolesGivePermissions,
  rolesGiveFewEnoughPermissions,
  rolesAreReviewed,
  rolesCanBeGot,
  claimsAreSmall,
  groupsNameGroups,
  groupsHaveNoCycles,
  groupsGiveRoles,
  groupsStoreFewEnoughRoles,
  groupsAreEnforced,
  retiredRolesAreNotUsed,
  retiredGroupsAreNotUsed,
  retiredApisAreNotUsed,
  selectionsNameApis,
  selectionsNameScopes,
  selectionsNameScopesOnce,
  rolesLeaveManagementAlone,
  scopesAreVerbAndNoun,
  scopesAreGranted,
  clientsHaveWhatTheirTypeHas,
  clientsAuthenticateInOneWay,
  allowedRolesAreEnforced,
  allowedRolesFitIntoMetadata,
  metadataIsSmall,
  onlyMachinesAreGrantedManagement,
  grantsAreFewEnough,
  onlyManagementIsGrantedFromPolicies,
  onePoliciesClient,
  policiesHaveAClient,
  guardrailsNamePermissions,
  nobodyHasWhatIsForbidden,
  nobodyHoldsWhatIsSeparate,
  grantsAreApproved,
  approvalsNameClients,
  approvalsAreNeeded,
  approvalsHold,
  settingsNameRoles,
  templatesNameStageValues,
  settingsNameStageValues,
  stageValuesAreUsed,
  stacksGiveDeclaredValues,
  stacksGiveAllValues,
  stageValuesHaveTheirType,
  secretsAreEncrypted,
  extensibilityIsKnown,
  stacksGiveFittingValues,
  stacksGiveShortValues,
];
