/** What the tenant stores of logins: from the login page to the tokens. */

import type { JsonObject } from "./entities.ts";

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
