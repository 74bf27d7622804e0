import type { TenantContext } from "../context.ts";
import type { Client, Connection, User } from "../entities.ts";
import type { Session } from "../login-entities.ts";
import { tenantSettings } from "./connections.ts";

const HOUR = 60 * 60 * 1000;

/** Milliseconds that sessions last, whatever happens, and without being used, by the tenant's settings. */
function lifetimes(context: TenantContext): { readonly absolute: number; readonly idle: number } {
  const { session_lifetime, idle_session_lifetime } = tenantSettings(context);
  const hours = (value: unknown, usual: number) => (typeof value === "number" ? value : usual);
  return { absolute: hours(session_lifetime, 168) * HOUR, idle: hours(idle_session_lifetime, 72) * HOUR };
}

/** Makes a session for a person who has just logged in. */
export function createSession(
  context: TenantContext,
  { client, connection, user }: { client: Client; connection: Connection; user: User },
): Session {
  const { store, ids, clock } = context;
  const { absolute, idle } = lifetimes(context);
  return store.sessions.insert({
    session_id: ids.secret(32),
    user_id: user.user_id,
    connection: connection.name,
    client_ids: [client.client_id],
    auth_time: clock.seconds(),
    expires_at: clock.now() + absolute,
    idle_expires_at: clock.now() + idle,
  });
}

/** The session with this id, which counts as used by that, or undefined if it is unknown or over. */
export function findSession(context: TenantContext, id: string | undefined): Session | undefined {
  const { store, clock } = context;
  const session = id === undefined ? undefined : store.sessions.get(id);
  if (!session) return undefined;
  const now = clock.now();
  if (session.expires_at <= now || (session.idle_expires_at ?? session.expires_at) <= now) return undefined;
  return store.sessions.replace({ ...session, idle_expires_at: now + lifetimes(context).idle });
}
