import type { TenantContext } from "../context.ts";
import type { Client, Connection, JsonObject } from "../entities.ts";
import { invalidRequest } from "./errors.ts";

/** Whether the connection is a database with passwords; all others are social here. */
export const isDatabase = (connection: Connection): boolean => connection.strategy === "auth0";

/** The connections that a client may use: databases first, then by name. */
export function connectionsOf({ store }: TenantContext, client: Client): Connection[] {
  return store.connection_clients
    .find({ client_id: client.client_id })
    .flatMap(({ connection_id }) => store.connections.get(connection_id) ?? [])
    .sort((a, b) => Number(isDatabase(b)) - Number(isDatabase(a)) || (a.name < b.name ? -1 : 1));
}

/** The client's connection of this name, or undefined if there is none or it is not enabled for the client. */
export function connectionOf(context: TenantContext, client: Client, name: string): Connection | undefined {
  return connectionsOf(context, client).find((connection) => connection.name === name);
}

/** The database of this name, enabled for the client: 400 `invalid_request` otherwise. */
export function databaseOf(context: TenantContext, client: Client, name: string): Connection {
  const connection = connectionOf(context, client, name);
  if (!connection || !isDatabase(connection))
    throw invalidRequest(`the client has no database connection "${name}"`);
  return connection;
}

/** Settings of the tenant that logins depend on. */
export function tenantSettings({ store }: TenantContext): JsonObject {
  return store.settings.get("tenants/settings")?.value ?? {};
}
