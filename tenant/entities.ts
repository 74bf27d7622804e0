/**
 * What the tenant stores. Fields are spelled as on Auth0's wire; what the wire must not show (hashes, secrets of
 * hooks, keys) is left out by the `…ToWire` function of the resource. A field that Auth0 leaves out of an answer is
 * absent here, never null. Times are ISO 8601 unless the field says otherwise.
 */

/** A value that survives JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

// ---- APIs, roles, users ----

export interface Scope {
  readonly value: string;
  readonly description?: string;
}

export type TokenDialect =
  | "access_token"
  | "access_token_authz"
  | "rfc9068_profile"
  | "rfc9068_profile_authz";

/** An API. Fields that only the Management API stores and returns come by the index signature. */
export interface ResourceServer {
  readonly id: string;
  readonly identifier: string;
  readonly name?: string;
  readonly is_system?: boolean;
  readonly scopes?: readonly Scope[];
  /** RBAC: tokens carry only what the user's roles and permissions allow. */
  readonly enforce_policies?: boolean;
  readonly token_dialect?: TokenDialect;
  readonly allow_offline_access: boolean;
  /** Seconds. */
  readonly token_lifetime: number;
  /** Seconds, for tokens from browser flows. */
  readonly token_lifetime_for_web: number;
  readonly signing_alg: string;
  readonly signing_secret?: string;
  readonly [field: string]: unknown;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly type: "tenant" | "organization";
  readonly owner_id?: string;
}

/** A scope of an API (`permission_name`, `resource_server_identifier`) assigned to a role. */
export interface RolePermission {
  readonly role_id: string;
  readonly resource_server_identifier: string;
  readonly permission_name: string;
}

/** A scope of an API assigned to a user directly. */
export interface UserPermission {
  readonly user_id: string;
  readonly resource_server_identifier: string;
  readonly permission_name: string;
}

export interface UserRole {
  readonly user_id: string;
  readonly role_id: string;
}

export interface Identity {
  readonly connection: string;
  /** Without the provider's prefix. */
  readonly user_id: string;
  readonly provider: string;
  readonly isSocial: boolean;
  readonly profileData?: JsonObject;
}

/** A person. `identities[0]` is the primary identity; its connection is where the password belongs to. */
export interface User {
  readonly user_id: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly username?: string;
  readonly phone_number?: string;
  readonly phone_verified?: boolean;
  readonly name?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly nickname?: string;
  readonly picture?: string;
  readonly blocked?: boolean;
  readonly identities: readonly [Identity, ...Identity[]];
  readonly user_metadata?: JsonObject;
  readonly app_metadata?: JsonObject;
  readonly created_at: string;
  readonly updated_at: string;
  readonly last_login?: string;
  readonly last_ip?: string;
  readonly last_password_reset?: string;
  readonly logins_count?: number;
  /** As `hashPassword` made it; only database users have one. Never on the wire. */
  readonly password_hash?: string;
  /** Hashes of earlier passwords, newest first, where the connection looks at them. Never on the wire. */
  readonly password_history?: readonly string[];
}

// ---- clients ----

/** An application. Fields that only the Management API stores and returns come by the index signature. */
export interface Client {
  readonly client_id: string;
  readonly client_secret?: string;
  readonly name: string;
  /** The one client `All Applications`, which holds the tenant's defaults and cannot log anybody in. */
  readonly global: boolean;
  readonly app_type?: string;
  readonly is_first_party: boolean;
  readonly oidc_conformant: boolean;
  readonly grant_types?: readonly string[];
  readonly callbacks?: readonly string[];
  readonly allowed_logout_urls?: readonly string[];
  readonly allowed_origins?: readonly string[];
  readonly web_origins?: readonly string[];
  readonly initiate_login_uri?: string;
  readonly client_metadata?: Readonly<Record<string, string>>;
  /** Absent where `client_authentication_methods` took its place. */
  readonly token_endpoint_auth_method?: string;
  readonly client_authentication_methods?: JsonObject;
  readonly jwt_configuration?: JsonObject;
  readonly refresh_token?: JsonObject;
  readonly [field: string]: unknown;
}

/** A key or certificate that a client authenticates with. `pem` is never on the wire. */
export interface Credential {
  readonly id: string;
  readonly client_id: string;
  readonly credential_type: "public_key" | "x509_cert" | "cert_subject_dn";
  readonly name?: string;
  readonly pem?: string;
  readonly kid?: string;
  readonly alg?: string;
  readonly thumbprint_sha256?: string;
  readonly subject_dn?: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly expires_at?: string;
}

/** What a client may get of an API by itself (`subject_type: client`) or for a user (`user`). */
export interface ClientGrant {
  readonly id: string;
  /** Absent in a default grant for third-party clients. */
  readonly client_id?: string;
  readonly default_for?: string;
  readonly audience: string;
  readonly subject_type: "client" | "user";
  /** Absent where `allow_all_scopes` is on. */
  readonly scope?: readonly string[];
  readonly allow_all_scopes?: boolean;
  readonly organization_usage?: string;
  readonly allow_any_organization?: boolean;
  readonly authorization_details_types?: readonly string[];
}

// ---- code that Auth0 runs ----

export type HookTrigger =
  | "credentials-exchange"
  | "pre-user-registration"
  | "post-user-registration"
  | "post-change-password"
  | "send-phone-message";

export interface Hook {
  readonly id: string;
  readonly name: string;
  readonly script: string;
  readonly triggerId: HookTrigger;
  readonly enabled: boolean;
  /** npm name → version. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** Name → value; the wire shows only the names. */
  readonly secrets: Readonly<Record<string, string>>;
}

export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly script: string;
  readonly enabled: boolean;
  /** Rules run in ascending order. */
  readonly order: number;
  readonly stage: "login_success" | "login_failure" | "pre_authorize";
}

/** A value that rules read as `configuration[key]`; the wire never shows `value` after it was set. */
export interface RulesConfig {
  readonly key: string;
  readonly value: string;
}

/** An action's trigger as it declares it; `id` is `post-login`, `credentials-exchange` … */
export interface SupportedTrigger {
  readonly id: string;
  readonly version: string;
  readonly [field: string]: unknown;
}

export interface ActionSecret {
  readonly name: string;
  /** Never on the wire. */
  readonly value: string;
  readonly updated_at: string;
}

export interface ActionDependency {
  readonly name: string;
  readonly version: string;
  readonly registry_url?: string;
}

/** What a draft and a version of an action have in common: all that is needed to run it. */
export interface ActionCode {
  readonly code: string;
  readonly dependencies: readonly ActionDependency[];
  readonly runtime: string;
  readonly secrets: readonly ActionSecret[];
  readonly supported_triggers: readonly SupportedTrigger[];
}

/** An action: its draft, and which version runs. */
export interface Action extends ActionCode {
  readonly id: string;
  readonly name: string;
  readonly status: "pending" | "building" | "built" | "failed";
  /** False from an update of the draft until the next deploy. */
  readonly all_changes_deployed: boolean;
  /** The version that logins run; absent until the first deploy. */
  readonly deployed_version_id?: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** A deployed state of an action; never changes. `number` counts up from 1 within the action. */
export interface ActionVersion extends ActionCode {
  readonly id: string;
  readonly action_id: string;
  readonly number: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly built_at: string;
}

/** A place in the run of a trigger; bindings of one trigger run by ascending `position`. */
export interface Binding {
  readonly id: string;
  readonly trigger_id: string;
  readonly action_id: string;
  readonly display_name: string;
  readonly position: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Tokens of a foreign kind (`subject_token_type`) that an action exchanges for the tenant's own. */
export interface TokenExchangeProfile {
  readonly id: string;
  readonly name: string;
  readonly type: "custom_authentication";
  readonly subject_token_type: string;
  readonly action_id: string;
  readonly created_at: string;
  readonly updated_at: string;
}

// ---- connections, settings, logs ----

/** Where users come from. `strategy` is `auth0` for a database. */
export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  readonly options: JsonObject;
  readonly realms: readonly string[];
  readonly is_domain_connection: boolean;
  readonly [field: string]: unknown;
}

/** What clients for self-service refer to by id; the rest of its fields is only stored. */
export interface Profile {
  readonly id: string;
  readonly name: string;
  readonly [field: string]: unknown;
}

/** A client that may use a connection. */
export interface ConnectionClient {
  readonly connection_id: string;
  readonly client_id: string;
}

/** Settings of which the tenant has one each, by the path they are read at (`tenants/settings`, `prompts` …). */
export interface Settings {
  readonly path: string;
  readonly value: JsonObject;
}

/** An entry of the tenant's log; `type` is Auth0's short code (`s`, `f`, `ss`, `sapi` …). No secret may be in it. */
export interface LogEntry {
  readonly log_id: string;
  readonly date: string;
  readonly type: string;
  readonly description?: string;
  readonly client_id?: string;
  readonly client_name?: string;
  readonly connection?: string;
  readonly user_id?: string;
  readonly user_name?: string;
  readonly ip?: string;
  readonly user_agent?: string;
  readonly audience?: string;
  readonly scope?: readonly string[];
  readonly details?: JsonObject;
}

// ---- Authentication API ----

/** A key pair that tokens are signed with: one is current, one is next, older ones count until they are revoked. */
export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly public_jwk: JsonObject;
  readonly private_jwk: JsonObject;
  readonly is_current: boolean;
  readonly created_at: string;
  readonly current_since?: string;
  readonly current_until?: string;
  readonly revoked_at?: string;
}

/** A login that waits for its person, between /authorize and the answer of the login page. */
export interface LoginTransaction {
  readonly state: string;
  /** Of the cookie that the browser got at /authorize: nobody else's browser can finish this login. */
  readonly browser_id: string;
  /** The parameters of /authorize. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Of the person who has logged in, where only his consent is missing. */
  readonly session_id?: string;
  /** Milliseconds since the epoch. */
  readonly expires_at: number;
}

/** What rules and actions did to the tokens of a login. */
export interface TokenCustomizations {
  readonly id_token: JsonObject;
  readonly access_token: JsonObject;
  /** In the place of the scopes that RBAC would give. */
  readonly scope?: readonly string[];
  readonly added_scopes: readonly string[];
  readonly removed_scopes: readonly string[];
}

/** An authorization code. Single use: `used_at` is set at the exchange. */
export interface AuthorizationCode {
  readonly code: string;
  readonly client_id: string;
  readonly user_id: string;
  readonly connection: string;
  readonly session_id: string;
  readonly redirect_uri: string;
  readonly scope: string;
  readonly audience?: string;
  readonly nonce?: string;
  readonly code_challenge?: string;
  readonly code_challenge_method?: string;
  readonly customizations: TokenCustomizations;
  /** Seconds since the epoch. */
  readonly auth_time: number;
  readonly organization_id?: string;
  /** Whether the ID token says when the person logged in. */
  readonly with_auth_time?: boolean;
  /** Milliseconds since the epoch. */
  readonly expires_at: number;
  readonly used_at?: number;
  /** Of the tokens that were given for it, which end if it is shown again. */
  readonly family_id?: string;
}

/** A person logged in at the tenant, by the cookie of a browser. */
export interface Session {
  readonly session_id: string;
  readonly user_id: string;
  readonly connection: string;
  readonly client_ids: readonly string[];
  /** Seconds since the epoch. */
  readonly auth_time: number;
  /** Milliseconds since the epoch: the end, whatever happens. */
  readonly expires_at: number;
  /** Milliseconds since the epoch: the end if nothing happens until then. */
  readonly idle_expires_at?: number;
}

/** A refresh token; only the hash of what the client holds is kept. Those that took each other's place share a family. */
export interface RefreshToken {
  readonly token_hash: string;
  readonly family_id: string;
  readonly client_id: string;
  readonly user_id: string;
  readonly connection: string;
  readonly session_id?: string;
  readonly organization_id?: string;
  readonly audience?: string;
  readonly scope: string;
  /** Milliseconds since the epoch. */
  readonly created_at: number;
  readonly expires_at?: number;
  readonly idle_expires_at?: number;
  readonly rotated_at?: number;
  readonly revoked_at?: number;
}

/** An access token that is no JWT, for logins without an audience; only the hash of what the client holds is kept. */
export interface OpaqueToken {
  readonly token_hash: string;
  readonly client_id: string;
  /** Absent for a token that a client got for itself. */
  readonly user_id?: string;
  readonly scope: string;
  /** Of the code that it was given for. */
  readonly family_id?: string;
  /** Milliseconds since the epoch. */
  readonly expires_at: number;
}

/** The custom ID token claims of a user's latest login at a client, which /userinfo shows as well. */
export interface LoginClaims {
  readonly user_id: string;
  readonly client_id: string;
  readonly claims: JsonObject;
}

/** An assertion that a client has authenticated with, which it cannot do again. */
export interface UsedAssertion {
  readonly client_id: string;
  readonly jti: string;
  /** Milliseconds since the epoch; after that the assertion is refused anyway. */
  readonly expires_at: number;
}

/** What the mail for a forgotten password would carry; only the hash is kept. Single use. */
export interface PasswordTicket {
  readonly ticket_hash: string;
  readonly user_id: string;
  readonly client_id: string;
  /** Milliseconds since the epoch. */
  readonly expires_at: number;
}

/** What a person has agreed that a third-party client may do for him at an API (`audience` is empty without one). */
export interface Consent {
  readonly user_id: string;
  readonly client_id: string;
  readonly audience: string;
  readonly scope: readonly string[];
}
