// What actions of all moments have in common. Auth0 docs: actions/reference.
import type { Effects } from "../../policy/effects.ts";
import type { TokenCache } from "./token.ts";

/** An event with the secrets that come with it, and with metadata as Auth0 stores it. */
export type ActionEvent<Event> = Event & { readonly secrets: Readonly<Record<string, string>> };

interface Token {
  setCustomClaim(name: string, value: unknown): void;
}

interface Parts {
  readonly accessToken: Token;
  readonly idToken: Token;
  readonly user: {
    setAppMetadata(key: string, value: unknown): void;
    setUserMetadata(key: string, value: unknown): void;
  };
}

interface Cache {
  readonly cache: {
    get(key: string): { readonly value: string } | undefined;
    /** `ttl` is in milliseconds. */
    set(key: string, value: string, options: { readonly ttl: number }): unknown;
  };
}

/** The parts of `api` that a moment has; all have a cache. */
export type ActionApi<Name extends keyof Parts = never> = Pick<Parts, Name> & Cache;

/** The cache that the actions of a trigger share; it forgets what does not fit. */
export function cacheOf({ cache }: Cache): TokenCache {
  return {
    get: (key) => cache.get(key)?.value,
    set: (key, value, lifetime) => {
      cache.set(key, value, { ttl: lifetime });
    },
  };
}

/** Sets the claims of one token. */
export function applyClaims(claims: Effects["accessToken"], token: Token): void {
  for (const [name, value] of Object.entries(claims)) token.setCustomClaim(name, value);
}

/** Hands changes of metadata to Auth0, which stores them when all actions have run. */
export function applyUserMetadata(
  { appMetadata, userMetadata }: Effects,
  { user }: Pick<Parts, "user">,
): void {
  for (const [key, value] of Object.entries(appMetadata)) user.setAppMetadata(key, value);
  for (const [key, value] of Object.entries(userMetadata)) user.setUserMetadata(key, value);
}
