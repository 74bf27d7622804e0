// Reading what Auth0 hands to hooks and rules, where much may be missing or of another type than expected.
import type { Client, Geo, Metadata } from "../../policy/events.ts";

/** The value if it is an object with keys, else an empty one. */
export function objectOf(value: unknown): Metadata {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Metadata) : {};
}

/** Metadata of clients: Auth0 keeps nothing but texts in it. */
export function textsOf(value: unknown): Client["metadata"] {
  return objectOf(value) as Client["metadata"];
}

/** The same user with metadata that is always there. */
export function withMetadata<User extends object>(
  user: User,
): User & { app_metadata: Metadata; user_metadata: Metadata } {
  const { app_metadata, user_metadata } = user as { app_metadata?: unknown; user_metadata?: unknown };
  return { ...user, app_metadata: objectOf(app_metadata), user_metadata: objectOf(user_metadata) };
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
