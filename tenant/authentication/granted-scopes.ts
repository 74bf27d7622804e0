import { permissionsFor } from "../access.ts";
import type { TenantContext } from "../context.ts";
import type { Client, ResourceServer, User } from "../entities.ts";
import type { TokenCustomizations } from "../login-entities.ts";
import type { Organization } from "../organization-entities.ts";
import { userGrantScopes } from "./audience.ts";

/** What a user's access token for an API says about access. */
export interface GrantedAccess {
  readonly scopes: readonly string[];
  /** Only with RBAC and a dialect that has the claim: all that the user holds for the API, requested or not. */
  readonly permissions?: readonly string[];
}

const openIdScopes: ReadonlySet<string> = new Set([
  "openid",
  "profile",
  "email",
  "address",
  "phone",
  "offline_access",
]);

/**
 * Scopes and permissions of a user's token, by the API's RBAC settings and what rules and actions changed. Computed
 * when the token is issued, so that a role which a policy of this very login stored counts.
 * @see Auth0 docs, manage-users/access-control/configure-core-rbac/enable-role-based-access-control-for-apis
 */
export function grantAccess(
  context: TenantContext,
  grant: {
    readonly client: Client;
    readonly user: User;
    readonly api: ResourceServer | undefined;
    readonly organization: Organization | undefined;
    readonly requested: readonly string[];
    /** Password grants without requested scopes get every scope of the API. */
    readonly allIfNoneRequested: boolean;
    readonly customizations: TokenCustomizations;
  },
): GrantedAccess {
  const { client, user, api, organization, requested } = grant;
  const openId = requested.filter((scope) => openIdScopes.has(scope));
  if (!api) return { scopes: openId };

  const held = api.enforce_policies
    ? permissionsFor(context.store, user.user_id, api.identifier, organization?.id)
    : undefined;
  const byClient = userGrantScopes(context, client, api);
  const defined = definedScopes(context, api);
  const wanted = requested.length === 0 && grant.allIfNoneRequested ? defined : requested;
  const allowed = wanted.filter(
    (scope) =>
      defined.includes(scope) && (held?.includes(scope) ?? true) && (byClient?.includes(scope) ?? true),
  );
  const scopes = [
    ...openId.filter((scope) => scope !== "offline_access" || api.allow_offline_access),
    ...allowed,
  ];
  return {
    // Auth0 ignores what policies do to the scopes of its own APIs.
    scopes: api.is_system ? scopes : customizeScopes(scopes, grant.customizations),
    ...(held && api.token_dialect?.endsWith("_authz") && { permissions: held }),
  };
}

/** What the API defines; of the Management API a user gets only what concerns himself. */
function definedScopes(context: TenantContext, api: ResourceServer): string[] {
  const values = api.scopes?.map((scope) => scope.value) ?? [];
  return api.identifier === context.managementAudience
    ? values.filter((value) => value.includes(":current_user"))
    : values;
}

function customizeScopes(scopes: readonly string[], customizations: TokenCustomizations): string[] {
  const { scope, added_scopes, removed_scopes } = customizations;
  return [...new Set([...(scope ?? scopes), ...added_scopes])].filter(
    (value) => !removed_scopes.includes(value),
  );
}
