import type { Client } from "../entities.ts";
import type { RefreshToken } from "../login-entities.ts";

/** A client's settings for refresh tokens; times are in seconds. */
interface Settings {
  readonly rotation_type?: "rotating" | "non-rotating";
  readonly expiration_type?: "expiring" | "non-expiring";
  readonly leeway?: number;
  readonly token_lifetime?: number;
  readonly infinite_token_lifetime?: boolean;
  readonly idle_token_lifetime?: number;
  readonly infinite_idle_token_lifetime?: boolean;
}

const settingsOf = (client: Client): Settings => (client.refresh_token ?? {}) as Settings; // validated when stored

/** Whether the client gets a new refresh token at each use, and the old one ends. */
export const isRotating = (client: Client): boolean => settingsOf(client).rotation_type === "rotating";

/** Milliseconds in which a token that was rotated may be used once more, for an answer that got lost. */
export const leewayOf = (client: Client): number => (settingsOf(client).leeway ?? 0) * 1000;

const DEFAULT_LIFETIME = 2_592_000;
const DEFAULT_IDLE_LIFETIME = 1_296_000;

/**
 * When a token that is used now ends, by the client's settings as they are now: at an absolute time, which stays as it is
 * once it is set, and when it is not used for a while.
 * @see Auth0 docs, secure/tokens/refresh-tokens/configure-refresh-token-expiration
 */
export function lifetimes(
  client: Client,
  now: number,
  end?: number,
): Pick<RefreshToken, "expires_at" | "idle_expires_at"> {
  const settings = settingsOf(client);
  if (settings.expiration_type !== "expiring") return {};
  const {
    token_lifetime = DEFAULT_LIFETIME,
    idle_token_lifetime = DEFAULT_IDLE_LIFETIME,
    infinite_token_lifetime = false,
    infinite_idle_token_lifetime = false,
  } = settings;
  return {
    ...(!infinite_token_lifetime && { expires_at: end ?? now + token_lifetime * 1000 }),
    ...(!infinite_idle_token_lifetime && { idle_expires_at: now + idle_token_lifetime * 1000 }),
  };
}
