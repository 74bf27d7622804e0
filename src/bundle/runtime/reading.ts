// Reading what Auth0 hands to hooks and rules, where much may be missing or of another type than expected.
import type { Client, Geo, Metadata } from "../../policy/events.ts";
import { tokenValues } from "./token.ts";
import type { ReadValue } from "./values.ts";

/** The value if it is an object with keys, else an empty one. */
export function objectOf(value: unknown): Metadata {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Metadata) : {};
}

/** Metadata of clients: Auth0 keeps nothing but texts in it. Anything else becomes text, so that no list that restricts is lost. */
export function textsOf(value: unknown): Client["metadata"] {
  return Object.fromEntries(Object.entries(objectOf(value)).map(([key, each]) => [key, String(each)]));
}

/** True for token exchanges of deployments and of policies themselves: no policy may lock them out. */
export function isForManagementApi(audience: string, value: ReadValue): boolean {
  return audience === `https://${value(tokenValues.domain)}/api/v2/`;
}

/** The same user with metadata that is always there. */
export function withMetadata<User extends object>(
  user: User,
): User & { app_metadata: Metadata; user_metadata: Metadata } {
  const { app_metadata, user_metadata } = user as { app_metadata?: unknown; user_metadata?: unknown };
  return { ...user, app_metadata: objectOf(app_metadata), user_metadata: objectOf(user_metadata) };
}

/** Names of roles; Auth0 leaves the list out where there are none. */
export function rolesOf(authorization: unknown): readonly string[] {
  const { roles } = objectOf(authorization);
  return Array.isArray(roles) ? roles : [];
}

/** Geographic data with the names of Actions: `countryCode` for `country_code`. */
export function geoOf(geoip: unknown): Geo {
  const entries = Object.entries(objectOf(geoip));
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
