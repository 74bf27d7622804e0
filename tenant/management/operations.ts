/**
 * Every operation of the Management API that the tenant has. Routing, the enforcement of scopes, the call log and the
 * documentation read this table. Sources: Auth0's OpenAPI document for paths and scopes, its 403 texts for any or all.
 */

/** What a token must carry: one of the scopes, or every one. */
export type RequiredScopes = { readonly anyOf: readonly string[] } | { readonly allOf: readonly string[] };

interface Operation<Path extends string> {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Below `/api/v2`; `:name` is a parameter. */
  readonly path: Path;
  readonly scopes: RequiredScopes;
}

const operation =
  (method: Operation<string>["method"]) =>
  <const Path extends string>(path: Path, ...anyOf: readonly [string, ...string[]]): Operation<Path> => ({
    method,
    path,
    scopes: { anyOf },
  });
const get = operation("GET");
const post = operation("POST");
const patch = operation("PATCH");
const put = operation("PUT");
const remove = operation("DELETE");

const needsAll = <Path extends string>(
  { method, path }: Operation<Path>,
  ...allOf: string[]
): Operation<Path> => ({ method, path, scopes: { allOf } });

const readClients = [
  "read:clients",
  "read:client_keys",
  "read:client_credentials",
  "read:client_summary",
] as const;
const readMembership = ["read:users", "read:roles", "read:role_members"] as const;

export const operations = {
  listResourceServers: get("/resource-servers", "read:resource_servers"),
  createResourceServer: post("/resource-servers", "create:resource_servers"),
  getResourceServer: get("/resource-servers/:id", "read:resource_servers"),
  updateResourceServer: patch("/resource-servers/:id", "update:resource_servers"),
  deleteResourceServer: remove("/resource-servers/:id", "delete:resource_servers"),

  listRoles: get("/roles", "read:roles"),
  createRole: post("/roles", "create:roles"),
  getRole: get("/roles/:id", "read:roles"),
  updateRole: patch("/roles/:id", "update:roles"),
  deleteRole: remove("/roles/:id", "delete:roles"),
  listRolePermissions: get("/roles/:id/permissions", "read:roles"),
  addRolePermissions: post("/roles/:id/permissions", "update:roles"),
  removeRolePermissions: remove("/roles/:id/permissions", "update:roles"),
  listRoleUsers: needsAll(get("/roles/:id/users", "read:roles"), ...readMembership),
  addRoleUsers: post("/roles/:id/users", "update:roles", "create:role_members"),

  listUsers: get("/users", "read:users", "read:user_idp_tokens"),
  createUser: post("/users", "create:users"),
  listUsersByEmail: get("/users-by-email", "read:users"),
  getUser: get("/users/:id", "read:users", "read:current_user", "read:user_idp_tokens"),
  updateUser: patch(
    "/users/:id",
    "update:users",
    "update:users_app_metadata",
    "update:current_user_metadata",
  ),
  deleteUser: remove("/users/:id", "delete:users", "delete:current_user"),
  listUserRoles: needsAll(get("/users/:id/roles", "read:users"), ...readMembership),
  addUserRoles: post("/users/:id/roles", "update:users", "create:role_members"),
  removeUserRoles: remove("/users/:id/roles", "update:users", "delete:role_members"),
  listUserPermissions: get("/users/:id/permissions", "read:users"),
  addUserPermissions: post("/users/:id/permissions", "update:users"),
  removeUserPermissions: remove("/users/:id/permissions", "update:users"),

  listClients: get("/clients", ...readClients),
  createClient: post("/clients", "create:clients"),
  getClient: get("/clients/:id", ...readClients),
  updateClient: patch(
    "/clients/:id",
    "update:clients",
    "update:client_keys",
    "update:client_credentials",
    "update:client_token_vault_privileged_access",
  ),
  deleteClient: remove("/clients/:id", "delete:clients"),
  rotateClientSecret: post("/clients/:id/rotate-secret", "update:client_keys"),
  listClientConnections: get(
    "/clients/:id/connections",
    "read:connections",
    "read:clients",
    "read:client_summary",
  ),
  listCredentials: get("/clients/:id/credentials", "read:client_credentials"),
  createCredential: post("/clients/:id/credentials", "create:client_credentials"),
  getCredential: get("/clients/:id/credentials/:credentialId", "read:client_credentials"),
  updateCredential: patch("/clients/:id/credentials/:credentialId", "update:client_credentials"),
  deleteCredential: remove("/clients/:id/credentials/:credentialId", "delete:client_credentials"),

  listClientGrants: get("/client-grants", "read:client_grants"),
  createClientGrant: post("/client-grants", "create:client_grants"),
  getClientGrant: get("/client-grants/:id", "read:client_grants"),
  updateClientGrant: patch("/client-grants/:id", "update:client_grants"),
  deleteClientGrant: remove("/client-grants/:id", "delete:client_grants"),

  listHooks: get("/hooks", "read:hooks"),
  createHook: post("/hooks", "create:hooks"),
  getHook: get("/hooks/:id", "read:hooks"),
  updateHook: patch("/hooks/:id", "update:hooks"),
  deleteHook: remove("/hooks/:id", "delete:hooks"),
  getHookSecrets: get("/hooks/:id/secrets", "read:hooks"),
  addHookSecrets: post("/hooks/:id/secrets", "update:hooks"),
  updateHookSecrets: patch("/hooks/:id/secrets", "update:hooks"),
  removeHookSecrets: remove("/hooks/:id/secrets", "delete:hooks"),

  listRules: get("/rules", "read:rules"),
  createRule: post("/rules", "create:rules"),
  getRule: get("/rules/:id", "read:rules"),
  updateRule: patch("/rules/:id", "update:rules"),
  deleteRule: remove("/rules/:id", "delete:rules"),

  listRulesConfigs: get("/rules-configs", "read:rules_configs"),
  setRulesConfig: put("/rules-configs/:key", "update:rules_configs"),
  deleteRulesConfig: remove("/rules-configs/:key", "delete:rules_configs"),

  listActions: get("/actions/actions", "read:actions"),
  createAction: post("/actions/actions", "create:actions"),
  getAction: get("/actions/actions/:id", "read:actions"),
  updateAction: patch("/actions/actions/:id", "update:actions"),
  deleteAction: remove("/actions/actions/:id", "delete:actions"),
  deployAction: post("/actions/actions/:id/deploy", "create:actions"),
  listActionVersions: get("/actions/actions/:id/versions", "read:actions"),
  getActionVersion: get("/actions/actions/:id/versions/:versionId", "read:actions"),
  deployActionVersion: post("/actions/actions/:id/versions/:versionId/deploy", "create:actions"),
  listTriggers: get("/actions/triggers", "read:actions"),
  listBindings: get("/actions/triggers/:trigger/bindings", "read:actions"),
  replaceBindings: patch("/actions/triggers/:trigger/bindings", "update:actions"),
  listActionModules: get("/actions/modules", "read:actions"),

  listTokenExchangeProfiles: get("/token-exchange-profiles", "read:token_exchange_profiles"),
  createTokenExchangeProfile: post("/token-exchange-profiles", "create:token_exchange_profiles"),
  getTokenExchangeProfile: get("/token-exchange-profiles/:id", "read:token_exchange_profiles"),
  updateTokenExchangeProfile: patch("/token-exchange-profiles/:id", "update:token_exchange_profiles"),
  deleteTokenExchangeProfile: remove("/token-exchange-profiles/:id", "delete:token_exchange_profiles"),

  listConnections: get("/connections", "read:connections"),
  createConnection: post("/connections", "create:connections"),
  getConnection: get("/connections/:id", "read:connections"),
  updateConnection: patch("/connections/:id", "update:connections"),
  deleteConnection: remove("/connections/:id", "delete:connections"),
  listConnectionClients: get("/connections/:id/clients", "read:connections"),
  updateConnectionClients: patch("/connections/:id/clients", "update:connections"),
  listDirectoryProvisionings: get("/connections-directory-provisionings", "read:directory_provisionings"),

  listConnectionProfiles: get("/connection-profiles", "read:connection_profiles"),
  createConnectionProfile: post("/connection-profiles", "create:connection_profiles"),
  getConnectionProfile: get("/connection-profiles/:id", "read:connection_profiles"),
  updateConnectionProfile: patch("/connection-profiles/:id", "update:connection_profiles"),
  deleteConnectionProfile: remove("/connection-profiles/:id", "delete:connection_profiles"),
  listUserAttributeProfiles: get("/user-attribute-profiles", "read:user_attribute_profiles"),
  createUserAttributeProfile: post("/user-attribute-profiles", "create:user_attribute_profiles"),
  getUserAttributeProfile: get("/user-attribute-profiles/:id", "read:user_attribute_profiles"),
  updateUserAttributeProfile: patch("/user-attribute-profiles/:id", "update:user_attribute_profiles"),
  deleteUserAttributeProfile: remove("/user-attribute-profiles/:id", "delete:user_attribute_profiles"),

  listOrganizations: get("/organizations", "read:organizations", "read:organizations_summary"),
  createOrganization: post("/organizations", "create:organizations", "create:organization_connections"),
  getOrganizationByName: get("/organizations/name/:name", "read:organizations"),
  getOrganization: get("/organizations/:id", "read:organizations", "read:organizations_summary"),
  updateOrganization: patch("/organizations/:id", "update:organizations"),
  deleteOrganization: remove("/organizations/:id", "delete:organizations"),
  listOrganizationMembers: get("/organizations/:id/members", "read:organization_members"),
  addOrganizationMembers: post("/organizations/:id/members", "create:organization_members"),
  removeOrganizationMembers: remove("/organizations/:id/members", "delete:organization_members"),
  listOrganizationMemberRoles: get(
    "/organizations/:id/members/:userId/roles",
    "read:organization_member_roles",
  ),
  addOrganizationMemberRoles: post(
    "/organizations/:id/members/:userId/roles",
    "create:organization_member_roles",
  ),
  removeOrganizationMemberRoles: remove(
    "/organizations/:id/members/:userId/roles",
    "delete:organization_member_roles",
  ),
  listOrganizationConnections: get("/organizations/:id/connections", "read:organization_connections"),
  addOrganizationConnection: post("/organizations/:id/connections", "create:organization_connections"),
  getOrganizationConnection: get(
    "/organizations/:id/connections/:connectionId",
    "read:organization_connections",
  ),
  updateOrganizationConnection: patch(
    "/organizations/:id/connections/:connectionId",
    "update:organization_connections",
  ),
  removeOrganizationConnection: remove(
    "/organizations/:id/connections/:connectionId",
    "delete:organization_connections",
  ),
  listEnabledConnections: get("/organizations/:id/enabled_connections", "read:organization_connections"),
  addEnabledConnection: post("/organizations/:id/enabled_connections", "create:organization_connections"),
  getEnabledConnection: get(
    "/organizations/:id/enabled_connections/:connectionId",
    "read:organization_connections",
  ),
  updateEnabledConnection: patch(
    "/organizations/:id/enabled_connections/:connectionId",
    "update:organization_connections",
  ),
  removeEnabledConnection: remove(
    "/organizations/:id/enabled_connections/:connectionId",
    "delete:organization_connections",
  ),
  listOrganizationClients: get("/organizations/:id/clients", "read:organization_clients"),
  addOrganizationClients: post("/organizations/:id/clients", "create:organization_clients"),
  removeOrganizationClients: remove("/organizations/:id/clients", "delete:organization_clients"),
  getOrganizationClient: get("/organizations/:id/clients/:clientId", "read:organization_clients"),
  updateOrganizationClient: patch("/organizations/:id/clients/:clientId", "update:organization_clients"),
  listOrganizationClientGrants: get("/organizations/:id/client-grants", "read:organization_client_grants"),
  addOrganizationClientGrant: post("/organizations/:id/client-grants", "create:organization_client_grants"),
  removeOrganizationClientGrant: remove(
    "/organizations/:id/client-grants/:grantId",
    "delete:organization_client_grants",
  ),
  listClientGrantOrganizations: get("/client-grants/:id/organizations", "read:organization_client_grants"),
  listDiscoveryDomains: get("/organizations/:id/discovery-domains", "read:organization_discovery_domains"),
  createDiscoveryDomain: post(
    "/organizations/:id/discovery-domains",
    "create:organization_discovery_domains",
  ),
  getDiscoveryDomainByName: get(
    "/organizations/:id/discovery-domains/name/:domain",
    "read:organization_discovery_domains",
  ),
  getDiscoveryDomain: get(
    "/organizations/:id/discovery-domains/:domainId",
    "read:organization_discovery_domains",
  ),
  updateDiscoveryDomain: patch(
    "/organizations/:id/discovery-domains/:domainId",
    "update:organization_discovery_domains",
  ),
  deleteDiscoveryDomain: remove(
    "/organizations/:id/discovery-domains/:domainId",
    "delete:organization_discovery_domains",
  ),
  listOrganizationRoleMembers: get(
    "/organizations/:id/roles/:roleId/members",
    "read:organization_member_roles",
  ),
  listOrganizationRoleGroups: get(
    "/organizations/:id/roles/:roleId/groups",
    "read:organization_member_roles",
  ),
  listUserOrganizations: get("/users/:id/organizations", "read:organizations"),

  getPrompts: get("/prompts", "read:prompts"),
  updatePrompts: patch("/prompts", "update:prompts"),
  listRendering: get("/prompts/rendering", "read:prompts"),
  updateRenderings: patch("/prompts/rendering", "update:prompts"),
  getCustomText: get("/prompts/:prompt/custom-text/:language", "read:prompts"),
  setCustomText: put("/prompts/:prompt/custom-text/:language", "update:prompts"),
  getPartials: get("/prompts/:prompt/partials", "read:prompts"),
  setPartials: put("/prompts/:prompt/partials", "update:prompts"),
  getRendering: get("/prompts/:prompt/screen/:screen/rendering", "read:prompts"),
  updateRendering: patch("/prompts/:prompt/screen/:screen/rendering", "update:prompts"),

  getTenantSettings: get("/tenants/settings", "read:tenant_settings"),
  updateTenantSettings: patch("/tenants/settings", "update:tenant_settings"),

  listSigningKeys: get("/keys/signing", "read:signing_keys"),
  getSigningKey: get("/keys/signing/:kid", "read:signing_keys"),
  rotateSigningKey: post("/keys/signing/rotate", "create:signing_keys", "update:signing_keys"),
  revokeSigningKey: put("/keys/signing/:kid/revoke", "update:signing_keys"),

  getActiveUsers: get("/stats/active-users", "read:stats"),
  getDailyStats: get("/stats/daily", "read:stats"),
  listLogs: get("/logs", "read:logs", "read:logs_users"),
  getLog: get("/logs/:id", "read:logs", "read:logs_users"),
} as const;

export type OperationName = keyof typeof operations;

/** The names of the `:parameters` in a path. */
type ParameterName<Path> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParameterName<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** The parameters of an operation's path, decoded. */
export type PathParameters<Name extends OperationName> = {
  readonly [Parameter in ParameterName<(typeof operations)[Name]["path"]>]: string;
};
