import type { TenantContext } from "../context.ts";
import type { Client, Connection, RefreshToken, User } from "../entities.ts";
import { invalidGrant } from "./errors.ts";
import { tokenHash } from "./opaque-tokens.ts";

/** Makes and stores a refresh token for a login; of an existing family when it takes the place of a rotated one. */
export function issueRefreshToken(
  { store, ids, clock }: TenantContext,
  login: {
    readonly client: Client;
    readonly user: User;
    readonly connection: Connection;
    readonly audience: string | undefined;
    readonly scopes: readonly string[];
    readonly sessionId: string | undefined;
    readonly familyId?: string;
  },
): string {
  const token = ids.secret(64);
  store.refresh_tokens.insert({
    token_hash: tokenHash(token),
    family_id: login.familyId ?? ids.secret(16),
    client_id: login.client.client_id,
    user_id: login.user.user_id,
    connection: login.connection.name,
    scope: login.scopes.join(" "),
    created_at: clock.now(),
    ...(login.sessionId !== undefined && { session_id: login.sessionId }),
    ...(login.audience !== undefined && { audience: login.audience }),
  });
  return token;
}

/** The refresh token of a client that may still be used: 403 `invalid_grant` otherwise. */
export function findRefreshToken(
  { store, clock }: TenantContext,
  client: Client,
  token: string,
): RefreshToken {
  const found = store.refresh_tokens.get(tokenHash(token));
  const now = clock.now();
  if (
    !found ||
    found.client_id !== client.client_id ||
    found.revoked_at !== undefined ||
    found.rotated_at !== undefined ||
    (found.expires_at ?? Number.POSITIVE_INFINITY) <= now ||
    (found.idle_expires_at ?? Number.POSITIVE_INFINITY) <= now
  )
    throw unknownToken();
  return found;
}

/** Whether the client gets a new refresh token at each use, and the old one ends. */
export const isRotating = (client: Client): boolean => client.refresh_token?.rotation_type === "rotating";

/**
 * The token that takes the place of `old`, which ends. 403 `invalid_grant` where that has happened meanwhile: of two uses
 * at once only one gets a token.
 */
export function rotateRefreshToken(
  context: TenantContext,
  old: RefreshToken,
  login: Parameters<typeof issueRefreshToken>[1],
): string {
  const { store, clock } = context;
  return store.transaction(() => {
    if (store.refresh_tokens.get(old.token_hash)?.rotated_at !== undefined) throw unknownToken();
    store.refresh_tokens.replace({ ...old, rotated_at: clock.now() });
    return issueRefreshToken(context, { ...login, familyId: old.family_id });
  });
}

const unknownToken = () => invalidGrant("Unknown or invalid refresh token.");
