import type { TenantContext } from "../context.ts";
import type { Client, Connection, User } from "../entities.ts";
import type { RefreshToken } from "../login-entities.ts";
import type { Organization } from "../organization-entities.ts";
import { invalidGrant, OAuthError } from "./errors.ts";
import { tokenHash } from "./opaque-tokens.ts";
import { isRotating, leewayOf, lifetimes } from "./refresh-token-lifetimes.ts";
import { revokeFamily } from "./token-families.ts";

/** A login that a refresh token stands for. */
interface RefreshableLogin {
  readonly client: Client;
  readonly user: User;
  readonly connection: Connection;
  readonly audience: string | undefined;
  readonly scopes: readonly string[];
  readonly organization: Organization | undefined;
  readonly sessionId: string | undefined;
  readonly familyId: string;
  /** Seconds since the epoch. */
  readonly authTime: number;
}

/** Makes and stores the first refresh token of a login. */
export function issueRefreshToken(context: TenantContext, login: RefreshableLogin): string {
  const { client, user, connection, audience, scopes, organization, sessionId } = login;
  const now = context.clock.now();
  return store(context, {
    family_id: login.familyId,
    client_id: client.client_id,
    user_id: user.user_id,
    connection: connection.name,
    scope: scopes.join(" "),
    created_at: login.authTime * 1000,
    ...lifetimes(client, now),
    ...(organization && { organization_id: organization.id }),
    ...(sessionId !== undefined && { session_id: sessionId }),
    ...(audience !== undefined && { audience }),
  });
}

/**
 * The refresh token of a client that may still be used: 403 `invalid_grant` otherwise. One that was rotated longer ago
 * than the client's leeway was stolen, from the client or by it: the whole family ends.
 */
export function findRefreshToken(context: TenantContext, client: Client, token: string): RefreshToken {
  const found = context.store.refresh_tokens.get(tokenHash(token));
  const now = context.clock.now();
  if (!found || found.client_id !== client.client_id || found.revoked_at !== undefined) throw unknownToken();
  if (found.rotated_at !== undefined && found.rotated_at + leewayOf(client) <= now) {
    revokeFamily(context, found.family_id);
    throw new OAuthError(403, "invalid_grant", "Unknown or invalid refresh token.", "ferrt");
  }
  const ends = [found.expires_at, found.idle_expires_at].filter((time) => time !== undefined);
  if (ends.some((time) => time <= now)) throw unknownToken();
  return found;
}

/**
 * Notes that a token was used: with rotation it ends, and the one that takes its place is returned. Refuses as
 * `findRefreshToken` does, since the token may have ended while policies ran.
 */
export function useRefreshToken(context: TenantContext, client: Client, token: string): string | undefined {
  const { refresh_tokens } = context.store;
  const now = context.clock.now();
  const found = findRefreshToken(context, client, token);
  const { token_hash, rotated_at, idle_expires_at: _i, expires_at: _e, ...kept } = found;
  const next = { ...kept, ...lifetimes(client, now, found.expires_at) };
  return context.store.transaction(() => {
    if (isRotating(client)) {
      refresh_tokens.replace({ ...found, rotated_at: rotated_at ?? now });
      return store(context, next);
    }
    refresh_tokens.replace({ ...next, token_hash });
    return undefined;
  });
}

function store({ store, ids }: TenantContext, fields: Omit<RefreshToken, "token_hash">): string {
  const token = ids.secret(64);
  store.refresh_tokens.insert({ token_hash: tokenHash(token), ...fields });
  return token;
}

const unknownToken = () => invalidGrant("Unknown or invalid refresh token.");
