import { type AssignableRole, data } from "#policy";

/** What the groups a user is in come to, for policies after groups-to-roles. */
export interface UserGroups {
  /** Names of all groups the user is in, those around them included; sorted. */
  readonly names: readonly string[];
  /** The roles that Auth0 is to store for the user. */
  readonly stored: readonly AssignableRole[];
}

export const userGroups = data<UserGroups>("groups");
