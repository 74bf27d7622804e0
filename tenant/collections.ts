import type * as entity from "./entities.ts";
import type * as login from "./login-entities.ts";
import type * as organization from "./organization-entities.ts";
import type * as policy from "./policy-entities.ts";
import type { Term } from "./term-index.ts";
import { userTerms } from "./user-terms.ts";

/**
 * A kind of stored thing: the fields that identify one, and the JSON paths that look-ups may use.
 * A unique index refuses a second entity with the same values.
 */
export interface CollectionDefinition<T, Key extends string, Index extends string> {
  readonly key: readonly (Key & keyof T)[];
  readonly indexes: Readonly<Record<Index, string>>;
  /** What else an entity is found by, with conditions on the table `<name>_terms`. */
  readonly terms?: (entity: T) => readonly Term[];
}

/** `collection<User>()(["user_id"], { email: "$.email" })`: two calls, so that only the entity has to be named. */
const collection =
  <T>() =>
  <const Key extends string & keyof T, const Index extends string = never>(
    key: readonly Key[],
    indexes = {} as Readonly<Record<Index, string>>,
    terms?: (entity: T) => readonly Term[],
  ): CollectionDefinition<T, Key, Index> => ({ key, indexes, ...(terms && { terms }) });

/** All collections of the store. A new one, or a new index, is made in an existing state when it is next opened. */
export const collections = {
  resource_servers: collection<entity.ResourceServer>()(["id"], { identifier: "$.identifier" }),
  roles: collection<entity.Role>()(["id"], { name: "$.name", owner_id: "$.owner_id" }),
  role_permissions: collection<entity.RolePermission>()(
    ["role_id", "resource_server_identifier", "permission_name"],
    { resource_server_identifier: "$.resource_server_identifier" },
  ),
  users: collection<entity.User>()(
    ["user_id"],
    { email: "$.email", username: "$.username", connection: "$.identities[0].connection" },
    userTerms,
  ),
  user_roles: collection<entity.UserRole>()(["user_id", "role_id"], { role_id: "$.role_id" }),
  user_permissions: collection<entity.UserPermission>()(
    ["user_id", "resource_server_identifier", "permission_name"],
    { resource_server_identifier: "$.resource_server_identifier" },
  ),
  clients: collection<entity.Client>()(["client_id"], {
    name: "$.name",
    global: "$.global",
    resource_server_identifier: "$.resource_server_identifier",
  }),
  credentials: collection<entity.Credential>()(["id"], { client_id: "$.client_id" }),
  client_grants: collection<entity.ClientGrant>()(["id"], {
    client_id: "$.client_id",
    audience: "$.audience",
    subject_type: "$.subject_type",
    default_for: "$.default_for",
  }),
  hooks: collection<policy.Hook>()(["id"], { name: "$.name", triggerId: "$.triggerId" }),
  rules: collection<policy.Rule>()(["id"], { name: "$.name", order: "$.order", enabled: "$.enabled" }),
  rules_configs: collection<policy.RulesConfig>()(["key"]),
  actions: collection<policy.Action>()(["id"], { name: "$.name" }),
  action_versions: collection<policy.ActionVersion>()(["id"], { action_id: "$.action_id" }),
  bindings: collection<policy.Binding>()(["id"], {
    trigger_id: "$.trigger_id",
    action_id: "$.action_id",
    position: "$.position",
  }),
  token_exchange_profiles: collection<entity.TokenExchangeProfile>()(["id"], {
    subject_token_type: "$.subject_token_type",
  }),
  connections: collection<entity.Connection>()(["id"], { name: "$.name", strategy: "$.strategy" }),
  connection_clients: collection<entity.ConnectionClient>()(["connection_id", "client_id"], {
    client_id: "$.client_id",
  }),
  connection_profiles: collection<entity.Profile>()(["id"]),
  user_attribute_profiles: collection<entity.Profile>()(["id"]),
  organizations: collection<organization.Organization>()(["id"], { name: "$.name" }),
  organization_members: collection<organization.OrganizationMember>()(["organization_id", "user_id"], {
    user_id: "$.user_id",
  }),
  organization_member_roles: collection<organization.OrganizationMemberRole>()(
    ["organization_id", "user_id", "role_id"],
    { user_id: "$.user_id", role_id: "$.role_id" },
  ),
  organization_connections: collection<organization.OrganizationConnection>()(
    ["organization_id", "connection_id"],
    { connection_id: "$.connection_id", is_enabled: "$.is_enabled" },
  ),
  organization_clients: collection<organization.OrganizationClient>()(["organization_id", "client_id"], {
    client_id: "$.client_id",
  }),
  organization_client_grants: collection<organization.OrganizationClientGrant>()(
    ["organization_id", "grant_id"],
    { grant_id: "$.grant_id" },
  ),
  organization_discovery_domains: collection<organization.OrganizationDiscoveryDomain>()(["id"], {
    organization_id: "$.organization_id",
    domain: "$.domain",
  }),
  settings: collection<entity.Settings>()(["path"]),
  logs: collection<entity.LogEntry>()(["log_id"], { type: "$.type", user_id: "$.user_id" }),
  signing_keys: collection<entity.SigningKey>()(["kid"], { is_current: "$.is_current" }),
  login_transactions: collection<login.LoginTransaction>()(["state"]),
  authorization_codes: collection<login.AuthorizationCode>()(["code"]),
  sessions: collection<login.Session>()(["session_id"], { user_id: "$.user_id" }),
  refresh_tokens: collection<login.RefreshToken>()(["token_hash"], {
    family_id: "$.family_id",
    user_id: "$.user_id",
    client_id: "$.client_id",
  }),
  opaque_tokens: collection<login.OpaqueToken>()(["token_hash"], {
    user_id: "$.user_id",
    family_id: "$.family_id",
  }),
  login_claims: collection<login.LoginClaims>()(["user_id", "client_id"]),
  used_assertions: collection<login.UsedAssertion>()(["client_id", "jti"]),
  password_tickets: collection<login.PasswordTicket>()(["ticket_hash"], { user_id: "$.user_id" }),
  consents: collection<login.Consent>()(["user_id", "client_id", "audience"], { client_id: "$.client_id" }),
} as const;

/** Every collection, made of its definition by `Collection`. */
export type CollectionName = keyof typeof collections;
