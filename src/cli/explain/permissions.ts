// Why permissions are in an access token, or are not.
import type { JWTPayload } from "jose";
import type { Estate } from "../../estate.ts";
import type { Api, Role } from "../../model/access-model.ts";
import { type PermissionSource, permissionSources } from "../claims/permission-sources.ts";

/** A permission that is in the token, with what gives it; nothing if the declarations do not say. */
export interface GivenPermission {
  readonly permission: string;
  readonly isDefined: boolean;
  readonly sources: readonly PermissionSource[];
}

/** Permissions that a role of the user gives and that are not in the token. */
export interface MissingPermissions {
  readonly role: string;
  readonly permissions: readonly string[];
  readonly why: string;
  /** Whether it has to be so by what is declared, or somebody should look at it. */
  readonly isExpected: boolean;
}

/** What is known of the user beside the permissions. */
export interface Person {
  /** Names of roles: those in claims of the token, and those that the tenant stores. */
  readonly roles: readonly string[];
  /** Those that the tenant stores now; undefined if it cannot be asked. */
  readonly storedRoles: readonly string[] | undefined;
}

/** The permissions of a token, each with what gives it. */
export function givenPermissions(
  { permissions }: JWTPayload,
  api: Api,
  bearer: Parameters<typeof permissionSources>[2],
  estate: Estate,
): readonly GivenPermission[] {
  if (!Array.isArray(permissions)) return [];
  return permissions.map(String).map((permission) => ({
    permission,
    isDefined: api.scopes.some(({ value }) => value === permission),
    sources: permissionSources(permission, api, bearer, estate),
  }));
}

/** What the user's roles give at the API and the token lacks, role by role. */
export function missingPermissions(
  payload: JWTPayload,
  api: Api,
  person: Person,
  { model }: Estate,
): readonly MissingPermissions[] {
  const given = Array.isArray(payload.permissions) ? payload.permissions.map(String) : [];
  return model.roles
    .filter(({ name }) => person.roles.includes(name))
    .flatMap((role): readonly MissingPermissions[] => {
      const permissions = role.permissions
        .filter((each) => each.api === api.key && !given.includes(each.scope))
        .map(({ scope }) => scope);
      if (permissions.length === 0) return [];
      return [{ role: role.name, permissions, ...whyMissing(role, payload, api, person, model) }];
    });
}

function whyMissing(
  { key }: Role,
  payload: JWTPayload,
  api: Api,
  { roles, storedRoles }: Person,
  { groups, roles: allRoles }: Estate["model"],
): Pick<MissingPermissions, "why" | "isExpected"> {
  if (!api.enforceRbac)
    return {
      why: `RBAC is off for ${api.key} (rbac/apis/${api.key}.yaml): its tokens have no permissions`,
      isExpected: true,
    };
  if (payload.permissions === undefined)
    return { why: "the token was issued while RBAC was off for this API: log in again", isExpected: false };
  const name = allRoles.find((each) => each.key === key)?.name ?? "";
  const isStored = storedRoles?.includes(name);
  const group = groups.find(
    ({ delivery, effective }) => delivery === "claim" && effective.roles.some(({ role }) => role === key),
  );
  if (payload.org_id !== undefined)
    return {
      why: "it is of a login to an organization: only roles that the user has there count",
      isExpected: true,
    };
  if (isStored !== true && group && roles.includes(name))
    return {
      why: `a group gives it, such as ${group.key} (rbac/groups/${group.key}.yaml): in claims of policies only, Auth0 does not store it; "delivery: stored" would`,
      isExpected: true,
    };
  if (isStored === false)
    return {
      why: "Auth0 does not store the role for the user: a policy put it into the claim",
      isExpected: true,
    };
  if (api.requireUserGrants)
    return { why: `${api.key} gives only what the client is granted for its users, too`, isExpected: true };
  return {
    why: "the role was given, or got these permissions, after the token was issued: log in again",
    isExpected: false,
  };
}
