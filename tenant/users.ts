import { createHash } from "node:crypto";
import type { TenantContext } from "./context.ts";
import type { Identity, JsonObject, User } from "./entities.ts";
import { hashPassword } from "./passwords.ts";

/** What a new user is made of; all that is left out is derived as Auth0 does. */
export interface NewUser {
  readonly identity: Omit<Identity, "user_id"> & { readonly user_id?: string };
  readonly profile: Omit<
    Partial<User>,
    "user_id" | "identities" | "created_at" | "updated_at" | "password_hash"
  >;
  readonly password?: string;
}

/**
 * Stores a new user, with the id `provider|id` (24 hex digits unless given), the name, nickname and picture that Auth0
 * derives from the e-mail address, and the hash of the password. Does not look whether the user exists.
 */
export function createUser(context: TenantContext, { identity, profile, password }: NewUser): User {
  const { store, ids, clock } = context;
  const localId = identity.user_id ?? ids.hex24();
  const email = profile.email?.toLowerCase();
  const now = clock.iso();
  return store.users.insert({
    user_id: `${identity.provider}|${localId}`,
    ...(email !== undefined && {
      email_verified: false,
      name: email,
      nickname: email.slice(0, email.lastIndexOf("@")),
      picture: gravatar(email),
    }),
    ...profile,
    ...(email !== undefined && { email }),
    identities: [{ ...identity, user_id: localId }],
    created_at: now,
    updated_at: now,
    ...(password !== undefined && { password_hash: hashPassword(password) }),
  });
}

/** The user of a connection with this e-mail address (in any case) or user name, or undefined. */
export function findUser(
  context: TenantContext,
  connection: string,
  by: { readonly email?: string | undefined; readonly username?: string | undefined },
): User | undefined {
  const { users } = context.store;
  const candidates = [
    ...(by.email === undefined ? [] : users.find({ email: by.email.toLowerCase() })),
    ...(by.username === undefined ? [] : users.find({ username: by.username })),
  ];
  // Filtered here: SQLite might prefer the index of connections, which narrows down nothing.
  return candidates.find(({ identities: [primary] }) => primary.connection === connection);
}

/** Removes a user and everything that hangs on him: roles, permissions, memberships, sessions, tokens. */
export function deleteUser({ store }: TenantContext, userId: string): void {
  store.users.delete(userId);
  for (const dependent of [
    store.user_roles,
    store.user_permissions,
    store.organization_members,
    store.organization_member_roles,
    store.sessions,
    store.refresh_tokens,
    store.opaque_tokens,
    store.login_claims,
    store.password_tickets,
    store.consents,
  ])
    dependent.deleteWhere({ user_id: userId });
}

/** Metadata after a change: merged one level deep, null removes a key, an empty object removes all. */
export function mergeMetadata(old: JsonObject | undefined, change: JsonObject): JsonObject {
  if (Object.keys(change).length === 0) return {};
  return Object.fromEntries(Object.entries({ ...old, ...change }).filter(([, value]) => value !== null));
}

function gravatar(email: string): string {
  const hash = createHash("md5").update(email).digest("hex");
  const fallback = encodeURIComponent(`https://cdn.auth0.com/avatars/${email.slice(0, 2)}.png`);
  return `https://s.gravatar.com/avatar/${hash}?s=480&r=pg&d=${fallback}`;
}
