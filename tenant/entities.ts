/**
 * What the tenant stores. Fields are spelled as on Auth0's wire; what the wire must not show (hashes, secrets of
 * hooks, keys) is left out by the `…ToWire` function of the resource. A field that Auth0 leaves out of an answer is
 * absent here, never null. Times are ISO 8601 unless the field says otherwise.
 */

/** A value that survives JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

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
