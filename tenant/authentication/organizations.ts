import type { TenantContext } from "../context.ts";
import type { Client, Connection, JsonObject, User } from "../entities.ts";
import type { Organization } from "../organization-entities.ts";
import { tenantSettings } from "./connections.ts";
import { accessDenied, invalidRequest } from "./errors.ts";

/** Whether logins at a client are logins to an organization: never, if one is named, always. */
export const organizationUsage = (client: Client): string =>
  typeof client.organization_usage === "string" ? client.organization_usage : "deny";

/** Whether a person is asked for his organization before he logs in, where the client needs one and named none. */
export const asksForOrganization = (client: Client): boolean =>
  organizationUsage(client) === "require" &&
  client.organization_require_behavior !== undefined &&
  client.organization_require_behavior !== "no_prompt";

/**
 * The organization that a request names, by its id, or by its name where the tenant's settings allow that. Refuses (400
 * `invalid_request`) one that the client may not, or has to, name, or that does not exist.
 */
export function requestedOrganization(
  context: TenantContext,
  client: Client,
  named: string | undefined,
): Organization | undefined {
  const usage = organizationUsage(client);
  if (named === undefined) {
    if (usage === "require") throw invalidRequest("parameter organization is required for this client");
    return undefined;
  }
  if (usage === "deny") throw invalidRequest("parameter organization is not allowed for this client");
  const organization = findOrganization(context, named);
  requireClient(context, organization, client);
  return organization;
}

/** The organization of this id, or of this name where the tenant's settings allow that: 400 `invalid_request` otherwise. */
export function findOrganization(context: TenantContext, named: string): Organization {
  const { store } = context;
  const found =
    store.organizations.get(named) ??
    (namesAllowed(context) ? store.organizations.first({ name: named.toLowerCase() }) : undefined);
  if (!found) throw invalidRequest("authorization request parameter organization must be an organization id");
  return found;
}

/** The organization of this name, or undefined. People know names, not ids. */
export const organizationNamed = ({ store }: TenantContext, name: string): Organization | undefined =>
  store.organizations.first({ name: name.trim().toLowerCase() });

/** The claims of a token for a login to an organization. */
export function organizationClaims(
  context: TenantContext,
  organization: Organization | undefined,
): JsonObject {
  if (!organization) return {};
  return { org_id: organization.id, ...(namesAllowed(context) && { org_name: organization.name }) };
}

/** The connections by which people log in to an organization, of those given. */
export function connectionsIn(
  { store }: TenantContext,
  organization: Organization | undefined,
  connections: readonly Connection[],
): readonly Connection[] {
  if (!organization) return connections;
  return connections.filter(({ id }) => store.organization_connections.get(organization.id, id)?.is_enabled);
}

/** Whether a person who came by a connection is in the organization, or would be by logging in. */
export function mayEnter(
  { store }: TenantContext,
  organization: Organization | undefined,
  connection: Connection,
  user: User,
): boolean {
  if (!organization) return true;
  const enabled = store.organization_connections.get(organization.id, connection.id);
  if (!enabled?.is_enabled) return false;
  return isMember(store, organization, user) || enabled.assign_membership_on_login;
}

/** Makes sure that a person is in the organization: 403 `access_denied` for one who may not enter. */
export function enterOrganization(
  context: TenantContext,
  organization: Organization | undefined,
  connection: Connection,
  user: User,
): void {
  if (!organization) return;
  const { store } = context;
  if (!mayEnter(context, organization, connection, user))
    throw accessDenied(`user ${user.user_id} is not part of the ${organization.id} organization`);
  if (!isMember(store, organization, user))
    store.organization_members.insert({ organization_id: organization.id, user_id: user.user_id });
}

/** The organization of an earlier login, of which the person must still be a member: 403 `access_denied` otherwise. */
export function stillIn(
  { store }: TenantContext,
  organizationId: string | undefined,
  user: User,
): Organization | undefined {
  if (organizationId === undefined) return undefined;
  const organization = store.organizations.get(organizationId);
  if (!organization || !isMember(store, organization, user))
    throw accessDenied(`user ${user.user_id} is not part of the ${organizationId} organization`);
  return organization;
}

const isMember = (store: TenantContext["store"], { id }: Organization, user: User) =>
  store.organization_members.get(id, user.user_id) !== undefined;

function namesAllowed(context: TenantContext): boolean {
  return tenantSettings(context).allow_organization_name_in_authentication_api === true;
}

/** Some organizations let only clients in that are entitled, or no third-party ones. */
function requireClient({ store }: TenantContext, organization: Organization, client: Client): void {
  const { id, is_app_entitlement_active, third_party_client_access } = organization;
  const entitled =
    !is_app_entitlement_active || store.organization_clients.get(id, client.client_id)?.use_for_member_access;
  if (!entitled || (third_party_client_access === "block" && !client.is_first_party))
    throw accessDenied(`client ${client.client_id} has no access to the ${id} organization`);
}
