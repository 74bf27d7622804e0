import type { TenantContext } from "../context.ts";
import type { Connection, User } from "../entities.ts";
import { verifyPassword } from "../passwords.ts";
import { findUser } from "../users.ts";
import { OAuthError } from "./errors.ts";

/**
 * The user of a database with this e-mail address or user name and this password, or undefined. Throws `unauthorized`
 * for one who is blocked.
 */
export function verifyCredentials(
  context: TenantContext,
  connection: Connection,
  name: string,
  password: string,
): User | undefined {
  const user = findUser(context, connection.name, { email: name, username: name });
  if (user?.password_hash === undefined || !verifyPassword(password, user.password_hash)) return undefined;
  requireUnblocked(user);
  return user;
}

/** Throws an `OAuthError` for a user whom an administrator has blocked. */
export function requireUnblocked(user: User): void {
  if (user.blocked) throw new OAuthError(401, "unauthorized", "user is blocked");
}
