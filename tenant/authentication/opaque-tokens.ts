import { createHash } from "node:crypto";
import type { TenantContext } from "../context.ts";
import type { OpaqueToken } from "../login-entities.ts";

/** Seconds: what Auth0 gives tokens without an audience. */
export const OPAQUE_TOKEN_LIFETIME = 86_400;

/** The hash under which a token is stored, so that the state holds none that could be used. */
export const tokenHash = (token: string): string => createHash("sha256").update(token).digest("base64url");

/** Makes and stores an access token that is no JWT, good for /userinfo only. */
export function issueOpaqueToken(
  { store, ids, clock }: TenantContext,
  holder: Pick<OpaqueToken, "client_id" | "user_id" | "scope" | "family_id">,
): string {
  const token = ids.secret(32);
  const expires_at = clock.now() + OPAQUE_TOKEN_LIFETIME * 1000;
  store.opaque_tokens.insert({ token_hash: tokenHash(token), ...holder, expires_at });
  return token;
}

/** The stored token, or undefined if it is unknown or expired. */
export function findOpaqueToken({ store, clock }: TenantContext, token: string): OpaqueToken | undefined {
  const found = store.opaque_tokens.get(tokenHash(token));
  return found && found.expires_at > clock.now() ? found : undefined;
}
