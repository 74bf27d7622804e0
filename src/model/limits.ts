// What Auth0 takes at most. Source: Auth0's OpenAPI document and its entity limit policy, as of August 2026.

export const limits = {
  /** Characters of an API's identifier. */
  identifier: 600,
  /** Characters of the name of an API, a role or a client. Documented for APIs only; the others are held to it, too. */
  name: 200,
  /** Characters of a description. */
  description: 500,
  /** Characters of a scope. */
  scope: 280,
  /** Scopes that one API defines. */
  scopesPerApi: 1000,
  /** Permissions that one role has, included ones counted. */
  permissionsPerRole: 1000,
  /** Roles of a tenant. */
  rolesPerTenant: 1000,
  /** Roles that one user is assigned. */
  rolesPerUser: 50,
  /** Client grants of a tenant that is paid for; a free one takes 100. */
  clientGrantsPerTenant: 10_000,
  /** Public keys by which one client may be known at a time: two while one replaces the other. */
  publicKeysPerClient: 2,
  /** Characters of a public key's name. */
  publicKeyName: 128,
  /** Names in a client's metadata. */
  clientMetadata: 10,
  /** Characters of a name in a client's metadata, and of its value. */
  clientMetadataText: 255,
  /** Characters of a value that policies are given apart from their code. */
  policyValue: 4096,
  /** Seconds an access token stays valid: 30 days. */
  tokenLifetime: 2_592_000,
} as const;

/** Seconds an access token stays valid if an API says nothing: 24 hours. */
export const defaultTokenLifetime = 86_400;

/** Scopes of OpenID Connect and profile attributes: Auth0 lets no API define them. */
export const reservedScopes: readonly string[] = [
  "address",
  "created_at",
  "email",
  "email_verified",
  "family_name",
  "given_name",
  "identities",
  "name",
  "nickname",
  "offline_access",
  "openid",
  "phone",
  "picture",
  "profile",
];

/** Bytes of a role's `permissions` claim above which there is a warning, unless rbac/guardrails.yaml says otherwise. */
export const defaultClaimLimit = 4096;
