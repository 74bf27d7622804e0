// What registration hooks get. Auth0 docs: customize/hooks/extensibility-points, as of their withdrawal.
import type { Connection, NewUser, Request } from "../../policy/events.ts";
import { geoOf, objectOf } from "./reading.ts";

export interface HookUser {
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly username?: string;
  readonly phoneNumber?: string;
  readonly app_metadata?: unknown;
  readonly user_metadata?: unknown;
}

export interface HookContext {
  readonly connection: Connection;
  readonly request?: { readonly ip?: string; readonly geoip?: unknown };
  readonly webtask: { readonly secrets?: Readonly<Record<string, string>> };
}

/** The user with the names of Actions; what is not there stays away, and so does the password. */
export function userOf({ email, emailVerified, username, phoneNumber, ...user }: HookUser): NewUser {
  return {
    ...(email !== undefined && { email }),
    ...(emailVerified !== undefined && { email_verified: emailVerified }),
    ...(username !== undefined && { username }),
    ...(phoneNumber !== undefined && { phone_number: phoneNumber }),
    app_metadata: objectOf(user.app_metadata),
    user_metadata: objectOf(user.user_metadata),
  };
}

/** Where and from where somebody signs up. */
export function placeOf({ connection: { id, name }, request = {} }: HookContext): {
  readonly connection: Connection;
  readonly request: Request;
} {
  const { ip, geoip } = request;
  return { connection: { id, name }, request: { ...(ip && { ip }), geoip: geoOf(geoip) } };
}
