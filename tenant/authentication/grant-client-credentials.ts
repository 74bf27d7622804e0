import type { TenantContext } from "../context.ts";
import type { Client, ClientGrant, ResourceServer } from "../entities.ts";
import type { Organization } from "../organization-entities.ts";
import { findApi, requestedAudience } from "./audience.ts";
import { allowedClaims } from "./custom-claims.ts";
import { accessDenied, invalidRequest } from "./errors.ts";
import { runExchangePolicies } from "./exchange-policies.ts";
import { issueOpaqueToken, OPAQUE_TOKEN_LIFETIME } from "./opaque-tokens.ts";
import { findOrganization, organizationClaims } from "./organizations.ts";
import { scopesOf } from "./request.ts";
import { signAccessToken } from "./sign-token.ts";
import type { Grant } from "./token.ts";

/**
 * A client's token for itself: all scopes of its client grant, even if fewer are requested. 403 `access_denied` without a
 * grant or for a scope that is not in it.
 */
export const clientCredentials: Grant = async (context, { client, parameters, request }) => {
  const audience = requestedAudience(context, parameters.audience);
  const api = findApi(context, audience);
  if (!api) return withoutAudience(context, client);
  const grant = clientGrant(context, client, api);
  const organization = organizationOf(context, grant, parameters.organization);
  const grantedScopes = scopesGranted(grant, api);
  const requestedScopes = scopesOf(parameters.scope);
  const refused = requestedScopes.filter((scope) => !grantedScopes.includes(scope));
  if (refused.length > 0) throw accessDenied(`Client has not been granted scopes: ${refused.join(", ")}`);

  const exchange = { client, api, grantedScopes, requestedScopes, organization, request };
  const { scopes, claims } = await runExchangePolicies(context, exchange);
  const scope = scopes.join(" ");
  const withPermissions = api.enforce_policies && api.token_dialect?.endsWith("_authz");
  return {
    access_token: await signAccessToken(context, api, client, api.token_lifetime, {
      ...allowedClaims(claims),
      ...organizationClaims(context, organization),
      sub: `${client.client_id}@clients`,
      aud: api.identifier,
      ...(scope !== "" && { scope }),
      gty: "client-credentials",
      ...(withPermissions && { permissions: scopes }),
    }),
    ...(scope !== requestedScopes.join(" ") && { scope }),
    expires_in: api.token_lifetime,
    token_type: "Bearer",
  };
};

function clientGrant({ store }: TenantContext, client: Client, api: ResourceServer): ClientGrant {
  const grant = store.client_grants.first({
    client_id: client.client_id,
    audience: api.identifier,
    subject_type: "client",
  });
  if (grant) return grant;
  throw accessDenied(
    `Client is not authorized to access "${api.identifier}". You need to create a "client-grant" associated to this API. See: https://auth0.com/docs/api/v2#!/Client_Grants/post_client_grants`,
  );
}

const scopesGranted = (grant: ClientGrant, api: ResourceServer): readonly string[] =>
  grant.allow_all_scopes ? (api.scopes?.map((scope) => scope.value) ?? []) : (grant.scope ?? []);

/** The organization that the client acts in, if the grant allows or requires one, and knows it. */
function organizationOf(
  context: TenantContext,
  { id, organization_usage: usage = "deny", allow_any_organization }: ClientGrant,
  named: string | undefined,
): Organization | undefined {
  if (named === undefined) {
    if (usage === "require") throw invalidRequest("parameter organization is required for this client grant");
    return undefined;
  }
  if (usage === "deny") throw invalidRequest("parameter organization is not allowed for this client grant");
  const organization = findOrganization(context, named);
  if (!allow_any_organization && !context.store.organization_client_grants.get(organization.id, id))
    throw accessDenied(`the client grant is not associated with the ${organization.id} organization`);
  return organization;
}

function withoutAudience(context: TenantContext, client: Client) {
  return {
    access_token: issueOpaqueToken(context, { client_id: client.client_id, scope: "" }),
    expires_in: OPAQUE_TOKEN_LIFETIME,
    token_type: "Bearer",
  } as const;
}
