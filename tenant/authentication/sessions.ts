import type { TenantContext } from "../context.ts";
import type { Client, Connection, Session, User } from "../entities.ts";

/** Milliseconds: Auth0's idle lifetime of a session, three days. */
const SESSION_LIFETIME = 3 * 24 * 60 * 60 * 1000;

/** Makes a session for a person who has just logged in. */
export function createSession(
  { store, ids, clock }: TenantContext,
  { client, connection, user }: { client: Client; connection: Connection; user: User },
): Session {
  return store.sessions.insert({
    session_id: ids.secret(32),
    user_id: user.user_id,
    connection: connection.name,
    client_ids: [client.client_id],
    auth_time: clock.seconds(),
    expires_at: clock.now() + SESSION_LIFETIME,
  });
}

/** The session with this id, or undefined if it is unknown or over. */
export function findSession({ store, clock }: TenantContext, id: string | undefined): Session | undefined {
  const session = id === undefined ? undefined : store.sessions.get(id);
  return session && session.expires_at > clock.now() ? session : undefined;
}
