// The access token with which policies call the Management API. Runs inside Auth0.
import type { Send } from "./request.ts";
import type { ReadValue } from "./values.ts";

/** Keeps texts between executions, as long as the runtime likes; may forget at any time. */
export interface TokenCache {
  get(key: string): string | undefined;
  /** `lifetime` is in milliseconds. */
  set(key: string, value: string, lifetime: number): void;
}

export interface Token {
  readonly text: string;
  /** Whether it is from an earlier execution: scopes granted since then are not in it. */
  readonly isOld: boolean;
}

/** Keys of the values that the token request needs; src/bundle/values.ts says where they come from. */
export const tokenValues = {
  domain: "ROLEBOOK_TENANT_DOMAIN",
  clientId: "ROLEBOOK_CLIENT_ID",
  clientSecret: "ROLEBOOK_CLIENT_SECRET",
} as const;

/** A token from the cache unless it must be fresh, else a new one of the policies' client. Rejects with `RequestError`. */
export async function obtainToken(
  value: ReadValue,
  cache: TokenCache | undefined,
  send: Send,
  fresh: boolean,
): Promise<Token> {
  const clientId = value(tokenValues.clientId);
  const key = `rolebook:${clientId}`;
  const kept = fresh ? undefined : cache?.get(key);
  if (kept) return { text: kept, isOld: true };

  const domain = value(tokenValues.domain);
  const answer = await send({
    name: "token for the Management API",
    url: `https://${domain}/oauth/token`,
    method: "POST",
    body: {
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: value(tokenValues.clientSecret),
      audience: `https://${domain}/api/v2/`,
    },
    repeatable: true,
  });
  const { access_token, expires_in } = answer as { access_token: string; expires_in: number }; // RFC 6749, 5.1
  cache?.set(key, access_token, (expires_in - 60) * 1000);
  return { text: access_token, isOld: false };
}
