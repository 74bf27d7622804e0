import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { Connection, JsonObject } from "../entities.ts";
import { deleteUser } from "../users.ts";
import { findClient } from "./clients.ts";
import { connectionOptions, echoedOptions } from "./connection-options.ts";
import { STRATEGY_NAMES, strategyFields } from "./connection-strategies.ts";
import { refuseContradictions } from "./database-options.ts";
import { badRequest, conflict, notFound } from "./errors.ts";
import { checkpoint, page, refuseBeyondPages, selectFields, wantsCheckpoint } from "./paging.ts";
import { patched, withoutNulls } from "./patch.ts";
import { created, handlers, noContent, ok, type Query } from "./request.ts";
import { parseBody, strict } from "./validation.ts";

const active = strict({ active: z.boolean() });
const changeable = {
  display_name: z.string().max(128).nullish(),
  options: z.record(z.string(), z.json()).nullish(),
  enabled_clients: z.array(z.string().min(1)).optional(),
  is_domain_connection: z.boolean().nullish(),
  show_as_button: z.boolean().nullish(),
  realms: z.array(z.string().min(1)).optional(),
  metadata: z.record(z.string(), z.string().max(255).nullable()).nullish(),
  authentication: active.nullish(),
  connected_accounts: z.looseObject({ active: z.boolean() }).nullish(),
  cross_app_access_requesting_app: active.nullish(),
  cross_app_access_resource_app: strict({ status: z.enum(["enabled", "disabled"]) }).nullish(),
};
const creation = strict({
  name: z
    .string()
    .max(128)
    .regex(/^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$/),
  strategy: z.enum(STRATEGY_NAMES),
  ...changeable,
});
const change = strict(changeable);
const enabling = z
  .array(strict({ client_id: z.string().min(1), status: z.boolean() }))
  .min(1)
  .max(50);

/** With `fields`, these come although they were not asked for. */
const ALWAYS = ["id", "is_domain_connection", "authentication", "connected_accounts"];

export const connections = handlers({
  listConnections: ({ query }, context) => {
    const { store } = context;
    const { strategy, name } = query;
    const where = { ...(strategy !== undefined && { strategy }), ...(name !== undefined && { name }) };
    if (wantsCheckpoint(query))
      return ok(
        checkpoint(query, "connections", (take, after) => {
          const { items, ...rest } = store.connections.stretch(where, take, after);
          return { items: items.map((connection) => selected(context, query, connection)), ...rest };
        }),
      );
    refuseBeyondPages(query);
    return ok(
      page(query, "connections", {
        items: (offset, limit) =>
          store.connections
            .find(where, { offset, limit })
            .map((connection) => selected(context, query, connection)),
        total: () => store.connections.count(where),
      }),
    );
  },

  createConnection: ({ body }, context) => {
    const { enabled_clients, options, ...fields } = parseBody(creation, body);
    const { store, ids } = context;
    const { name, strategy } = fields;
    refuseCrossAppAccess(strategy, fields);
    if (store.connections.first({ name })) throw conflict("A connection with the same name already exists");
    refuseContradictions(options ?? {});
    const connection: Connection = {
      id: ids.prefixed("con"),
      is_domain_connection: false,
      authentication: { active: true },
      connected_accounts: { active: false },
      ...strategyFields(context, strategy, name, options ?? {}),
      realms: [name],
      ...withoutNulls(fields),
      name,
      strategy,
      options: connectionOptions(context, strategy, options ?? {}),
    };
    store.connections.insert(connection);
    for (const client of enabled_clients ?? []) enable(context, connection.id, client);
    return created(answered(context, connection, options));
  },

  getConnection: ({ path, query }, context) => ok(selected(context, query, find(context, path.id))),

  updateConnection: ({ path, body }, context) => {
    const { enabled_clients, options, ...fields } = parseBody(change, body);
    const connection = find(context, path.id);
    refuseCrossAppAccess(connection.strategy, fields);
    if (options) refuseContradictions(options, connection.options);
    if (enabled_clients) {
      context.store.connection_clients.deleteWhere({ connection_id: connection.id });
      for (const client of enabled_clients) enable(context, connection.id, client);
    }
    const changed = patched(connection, fields);
    // Options are replaced as a whole, but for what `connectionOptions` says.
    const next = options
      ? { ...changed, options: connectionOptions(context, connection.strategy, options, connection.options) }
      : changed;
    return ok(answered(context, context.store.connections.replace(next), options));
  },

  deleteConnection: ({ path }, context) => {
    const { store, clock } = context;
    const connection = store.connections.get(path.id);
    if (connection) removeWithDependents(context, connection);
    return { status: 202, body: { deleted_at: clock.iso() } };
  },

  listConnectionClients: ({ path, query }, context) => {
    const { id: connection_id } = find(context, path.id);
    return ok(
      checkpoint(query, "clients", (take, after) => {
        const { items, ...rest } = context.store.connection_clients.stretch({ connection_id }, take, after);
        return { items: items.map(({ client_id }) => ({ client_id })), ...rest };
      }),
    );
  },

  updateConnectionClients: ({ path, body }, context) => {
    const changes = parseBody(enabling, body);
    const { id } = find(context, path.id);
    for (const { client_id, status } of changes)
      if (status) enable(context, id, client_id);
      else context.store.connection_clients.delete(id, client_id);
    return noContent;
  },

  listClientConnections: ({ path, query }, context) => {
    const { store } = context;
    findClient(context, path.id);
    const enabled = store.connection_clients
      .find({ client_id: path.id })
      .flatMap(({ connection_id }) => store.connections.get(connection_id) ?? []);
    return ok({ connections: enabled.map((connection) => selected(context, query, connection)) });
  },
});

/** Stored → wire, with the clients that may use it. */
function toWire({ store }: TenantContext, connection: Connection) {
  const enabled = store.connection_clients.find({ connection_id: connection.id });
  return { ...connection, enabled_clients: enabled.map(({ client_id }) => client_id) };
}

/** The answer to a write. */
function answered(context: TenantContext, connection: Connection, sent: JsonObject | null | undefined) {
  const { options, ...wire } = toWire(context, connection);
  return { ...wire, options: { ...options, ...echoedOptions(connection.strategy, sent ?? {}) } };
}

const selected = (context: TenantContext, query: Query, connection: Connection) =>
  selectFields(query, toWire(context, connection), ALWAYS);

function find({ store }: TenantContext, id: string): Connection {
  const connection = store.connections.get(id);
  if (!connection) throw notFound("The connection does not exist", "inexistent_connection");
  return connection;
}

function enable({ store }: TenantContext, connection_id: string, client_id: string): void {
  if (!store.clients.get(client_id))
    throw badRequest("One or more of the clients do not exist", "inexistent_client");
  if (!store.connection_clients.get(connection_id, client_id))
    store.connection_clients.insert({ connection_id, client_id });
}

/** Only connections of the workforce kind can be asked for tokens of other applications. */
function refuseCrossAppAccess(
  strategy: string,
  fields: { readonly cross_app_access_requesting_app?: JsonObject | null },
): void {
  const capable = strategy === "oidc" || strategy === "okta";
  if (fields.cross_app_access_requesting_app && !capable)
    throw badRequest(
      "Cross App Access Requesting App is not supported for this connection.",
      "operation_not_supported",
    );
}

/** Users of a connection go with it, as in Auth0. */
function removeWithDependents(context: TenantContext, { id, name }: Connection): void {
  const { store } = context;
  store.connections.delete(id);
  store.connection_clients.deleteWhere({ connection_id: id });
  store.organization_connections.deleteWhere({ connection_id: id });
  for (const { user_id } of store.users.find({ connection: name })) deleteUser(context, user_id);
}
