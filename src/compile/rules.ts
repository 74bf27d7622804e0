// The laws of the declaration language that need more than one file to check.
import type { Rule } from "./rule.ts";
import { apisDefineFewEnoughScopes, identifiersAreUnique } from "./rules/apis.ts";
import {
  clientsHaveWhatTheirTypeHas,
  onePoliciesClient,
  onlyManagementIsGrantedFromPolicies,
  policiesHaveAClient,
} from "./rules/clients.ts";
import { settingsNameRoles, stacksGiveClaimNamespaces } from "./rules/flows.ts";
import { clientNamesAreUnique, formerKeysAreFree, roleNamesAreUnique } from "./rules/names.ts";
import { retiredApisAreNotUsed, retiredRolesAreNotUsed } from "./rules/retired.ts";
import {
  includesHaveNoCycles,
  includesNameRoles,
  rolesGiveFewEnoughPermissions,
  rolesGivePermissions,
} from "./rules/roles.ts";
import {
  rolesLeaveManagementAlone,
  selectionsNameApis,
  selectionsNameScopes,
  selectionsNameScopesOnce,
} from "./rules/selections.ts";
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
  clientNamesAreUnique,
  formerKeysAreFree,
  includesNameRoles,
  includesHaveNoCycles,
  rolesGivePermissions,
  rolesGiveFewEnoughPermissions,
  retiredRolesAreNotUsed,
  retiredApisAreNotUsed,
  selectionsNameApis,
  selectionsNameScopes,
  selectionsNameScopesOnce,
  rolesLeaveManagementAlone,
  clientsHaveWhatTheirTypeHas,
  onlyManagementIsGrantedFromPolicies,
  onePoliciesClient,
  policiesHaveAClient,
  settingsNameRoles,
  templatesNameStageValues,
  settingsNameStageValues,
  stageValuesAreUsed,
  stacksGiveDeclaredValues,
  stacksGiveAllValues,
  stageValuesHaveTheirType,
  secretsAreEncrypted,
  extensibilityIsKnown,
  stacksGiveClaimNamespaces,
];
