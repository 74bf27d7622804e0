/** What every tenant has before anybody declares anything. */
import type { TenantContext } from "./context.ts";
import type { Client, Connection, ResourceServer } from "./entities.ts";
import { clientDefaults } from "./management/client-defaults.ts";
import { connectionOptions } from "./management/connection-options.ts";
import { managementScopes } from "./management/scopes.ts";

/** How the client for deployments gets its tokens. */
export interface Deployer {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Forgets everything but the signing keys and the deployer, and prepares the tenant anew. */
export function resetTenant(context: TenantContext): void {
  const { store } = context;
  store.transaction(() => {
    const keys = store.signing_keys.find();
    store.clear();
    for (const key of keys) store.signing_keys.insert(key);
    store.remember("has connections", false);
    prepareTenant(context);
  });
}

/**
 * Makes sure that the tenant has what every tenant has: the Management API with all scopes, a client for deployments
 * that is granted all of them, the global client, a database connection and a social one. What is there stays; the
 * Management API moves with the domain. Runs at every start.
 */
export function prepareTenant(context: TenantContext): Deployer {
  const { store } = context;
  return store.transaction(() => {
    ensureManagementApi(context);
    if (!store.clients.first({ global: true })) store.clients.insert(globalClient(context));
    // Once only: whoever deletes them does not want them back.
    if (store.recall("has connections") !== true) {
      store.connections.insert(connection(context, DATABASE, "auth0", {}));
      store.connections.insert(connection(context, SOCIAL, SOCIAL, { email: true, profile: true }));
      store.remember("has connections", true);
    }
    return ensureDeployer(context);
  });
}

const DATABASE = "Username-Password-Authentication";
const SOCIAL = "google-oauth2";

function ensureManagementApi({ store, ids, managementAudience }: TenantContext): void {
  const known = store.resource_servers.find().find(({ is_system, name }) => is_system && name === NAME);
  const api: ResourceServer = {
    id: ids.hex24(),
    name: NAME,
    allow_offline_access: false,
    skip_consent_for_verifiable_first_party_clients: false,
    token_lifetime: 86_400,
    token_lifetime_for_web: 7200,
    signing_alg: "RS256",
    is_system: true,
    ...known,
    identifier: managementAudience,
    scopes: managementScopes,
  };
  if (!known) store.resource_servers.insert(api);
  else store.resource_servers.replace(api);
  if (known && known.identifier !== managementAudience)
    moveAssignments(store, known.identifier, managementAudience);
}

const NAME = "Auth0 Management API";

/** The tenant has another domain than at its last start, so the Management API has another identifier. */
function moveAssignments(store: TenantContext["store"], from: string, to: string): void {
  for (const grant of store.client_grants.find({ audience: from }))
    store.client_grants.replace({ ...grant, audience: to });
  for (const permission of store.role_permissions.find({ resource_server_identifier: from })) {
    store.role_permissions.delete(permission.role_id, from, permission.permission_name);
    store.role_permissions.insert({ ...permission, resource_server_identifier: to });
  }
  for (const permission of store.user_permissions.find({ resource_server_identifier: from })) {
    store.user_permissions.delete(permission.user_id, from, permission.permission_name);
    store.user_permissions.insert({ ...permission, resource_server_identifier: to });
  }
}

function ensureDeployer(context: TenantContext): Deployer {
  const { store, ids, managementAudience: audience } = context;
  const remembered = store.recall("deployer") as Deployer | undefined; // written below, and nowhere else
  const deployer = remembered ?? { clientId: ids.clientId(), clientSecret: ids.secret() };
  if (!remembered) store.remember("deployer", deployer);
  const { clientId: client_id, clientSecret: client_secret } = deployer;
  if (!store.clients.get(client_id)) store.clients.insert({ ...deployment, client_id, client_secret });
  const scope = managementScopes.map(({ value }) => value);
  const grant = store.client_grants.first({ client_id, audience });
  if (grant) store.client_grants.replace({ ...grant, scope });
  else
    store.client_grants.insert({
      id: ids.prefixed("cgr"),
      client_id,
      audience,
      scope,
      subject_type: "client",
    });
  return deployer;
}

const deployment = {
  ...clientDefaults({ app_type: "non_interactive", token_endpoint_auth_method: "client_secret_post" }),
  name: "Deployments",
  global: false,
  app_type: "non_interactive",
  token_endpoint_auth_method: "client_secret_post",
  grant_types: ["client_credentials"],
};

const globalClient = ({ ids }: TenantContext): Client => ({
  client_id: ids.clientId(),
  client_secret: ids.secret(),
  name: "All Applications",
  global: true,
  is_first_party: true,
  is_token_endpoint_ip_header_trusted: false,
  oidc_conformant: false,
  sso_disabled: false,
  cross_origin_authentication: false,
  custom_login_page_on: true,
  callbacks: [],
});

const connection = (
  context: TenantContext,
  name: string,
  strategy: string,
  options: Connection["options"],
): Connection => ({
  id: context.ids.prefixed("con"),
  name,
  strategy,
  realms: [name],
  is_domain_connection: false,
  authentication: { active: true },
  connected_accounts: { active: false },
  options: connectionOptions(context, strategy, options),
});
