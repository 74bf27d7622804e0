import type { TenantContext } from "../context.ts";
import type { Client, ResourceServer } from "../entities.ts";
import { tenantSettings } from "./connections.ts";
import { accessDenied } from "./errors.ts";

/** The API that a token is asked for: the named one, else the tenant's default; undefined without either. */
export function requestedAudience(context: TenantContext, named: string | undefined): string | undefined {
  if (named !== undefined) return named;
  const { default_audience } = tenantSettings(context);
  return typeof default_audience === "string" && default_audience !== "" ? default_audience : undefined;
}

/** The API with this identifier, or undefined without one; 403 `access_denied` where the tenant has none such. */
export function findApi({ store }: TenantContext, audience: string | undefined): ResourceServer | undefined {
  if (audience === undefined) return undefined;
  const api = store.resource_servers.first({ identifier: audience });
  if (!api) throw accessDenied(`Service not enabled within domain: ${audience}`);
  return api;
}

/**
 * The scopes that a client may get of an API for its users, or undefined where nothing limits them. 403 `access_denied`
 * where the API lets only clients with a user grant in, or none.
 * @see Auth0 docs, get-started/applications/application-access-to-apis-client-grants
 */
export function userGrantScopes(
  { store }: TenantContext,
  client: Client,
  api: ResourceServer,
): readonly string[] | undefined {
  const grant = store.client_grants.first({
    client_id: client.client_id,
    audience: api.identifier,
    subject_type: "user",
  });
  if (grant) return grant.allow_all_scopes ? undefined : (grant.scope ?? []);
  const access = api.subject_type_authorization as { user?: { policy?: string } } | undefined; // validated when stored
  const policy = access?.user?.policy ?? "allow_all";
  if (policy === "allow_all") return undefined;
  throw accessDenied(
    `Client "${client.client_id}" is not authorized to access resource server "${api.identifier}".`,
  );
}
