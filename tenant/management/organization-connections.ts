import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { OrganizationConnection } from "../organization-entities.ts";
import { conflict, notFound } from "./errors.ts";
import { findOrganization } from "./organization-lookup.ts";
import { page } from "./paging.ts";
import { patched } from "./patch.ts";
import { type Answer, created, handlers, noContent, ok, type Query } from "./request.ts";
import { parseBody, strict } from "./validation.ts";

const flags = {
  assign_membership_on_login: z.boolean().optional(),
  is_signup_enabled: z.boolean().optional(),
  show_as_button: z.boolean().optional(),
};
/** A connection as `enabled_connections` has it. */
export const enabledConnection = strict({ connection_id: z.string().min(1), ...flags });
const enabledChange = strict(flags);
const access = z.enum(["none", "readonly", "limited", "full"]);
const creation = strict({
  connection_id: z.string().min(1).max(50),
  ...flags,
  is_enabled: z.boolean().optional(),
  organization_access_level: access.optional(),
  organization_connection_name: z.string().min(1).max(50).optional(),
});
const change = strict({
  ...flags,
  is_enabled: z.boolean().nullish(),
  organization_access_level: access.nullish(),
  organization_connection_name: z.string().min(1).max(50).nullish(),
});

const DEFAULTS = {
  is_signup_enabled: false,
  assign_membership_on_login: false,
  show_as_button: true,
  is_enabled: true,
  organization_access_level: "none",
} as const;

/**
 * The connections of an organization, by two names: `connections` shows and takes everything, the older
 * `enabled_connections` only those that are enabled, and less of them.
 */
export const organizationConnections = handlers({
  listOrganizationConnections: ({ path, query }, context) => {
    const enabled = query.is_enabled !== undefined && { is_enabled: query.is_enabled === "true" };
    return list(context, path.id, query, "connections", toWire, enabled);
  },
  addOrganizationConnection: ({ path, body }, context) =>
    created(toWire(context, enableConnection(context, path.id, parseBody(creation, body)))),
  getOrganizationConnection: ({ path }, context) => ok(toWire(context, find(context, path))),
  updateOrganizationConnection: ({ path, body }, context) => {
    const fields = parseBody(change, body);
    return ok(toWire(context, update(context, path, fields)));
  },
  removeOrganizationConnection: ({ path }, context) => remove(context, path),

  listEnabledConnections: ({ path, query }, context) =>
    list(context, path.id, query, "enabled_connections", toEnabledWire, { is_enabled: true }),
  addEnabledConnection: ({ path, body }, context) =>
    created(toEnabledWire(context, enableConnection(context, path.id, parseBody(enabledConnection, body)))),
  getEnabledConnection: ({ path }, context) => ok(toEnabledWire(context, find(context, path))),
  updateEnabledConnection: ({ path, body }, context) => {
    const fields = parseBody(enabledChange, body);
    return ok(toEnabledWire(context, update(context, path, fields)));
  },
  removeEnabledConnection: ({ path }, context) => remove(context, path),
});

/** Adds a connection to an organization; 404 if there is no such connection, 409 if it has it already. */
export function enableConnection(
  context: TenantContext,
  organizationId: string,
  fields: Partial<OrganizationConnection> & { readonly connection_id: string },
): OrganizationConnection {
  const { id: organization_id } = findOrganization(context, organizationId);
  const { store } = context;
  const { connection_id } = fields;
  if (!store.connections.get(connection_id))
    throw notFound("The connection does not exist", "inexistent_connection");
  if (store.organization_connections.get(organization_id, connection_id))
    throw conflict("The connection is already enabled for the organization");
  return store.organization_connections.insert({ ...DEFAULTS, ...fields, organization_id });
}

/** Which connection of which organization. */
interface Place {
  readonly id: string;
  readonly connectionId: string;
}

function list(
  context: TenantContext,
  organizationId: string,
  query: Query,
  plural: string,
  wire: (context: TenantContext, connection: OrganizationConnection) => object,
  enabled: { readonly is_enabled: boolean } | false,
): Answer {
  const where = { organization_id: findOrganization(context, organizationId).id, ...enabled };
  const { organization_connections } = context.store;
  return ok(
    page(query, plural, {
      items: (offset, limit) =>
        organization_connections
          .find(where, { offset, limit })
          .map((connection) => wire(context, connection)),
      total: () => organization_connections.count(where),
    }),
  );
}

function find(context: TenantContext, { id, connectionId }: Place): OrganizationConnection {
  const organization = findOrganization(context, id);
  const connection = context.store.organization_connections.get(organization.id, connectionId);
  if (!connection) throw notFound("No connection found by that id");
  return connection;
}

/** What is null becomes what it is by default. */
function update(context: TenantContext, place: Place, fields: object): OrganizationConnection {
  const changed = { ...DEFAULTS, ...patched(find(context, place), fields) };
  return context.store.organization_connections.replace(changed);
}

function remove(context: TenantContext, { id, connectionId }: Place): Answer {
  const organization = findOrganization(context, id);
  context.store.organization_connections.delete(organization.id, connectionId);
  return noContent;
}

/** Stored → wire: only people of a database can sign up. */
function toWire({ store }: TenantContext, { organization_id: _, ...fields }: OrganizationConnection) {
  const { is_signup_enabled, ...others } = fields;
  const { name, strategy } = store.connections.get(fields.connection_id) ?? {};
  return { ...others, ...(strategy === "auth0" && { is_signup_enabled }), connection: { name, strategy } };
}

function toEnabledWire(context: TenantContext, connection: OrganizationConnection) {
  const {
    is_enabled: _e,
    organization_access_level: _l,
    organization_connection_name: _n,
    ...wire
  } = toWire(context, connection);
  return wire;
}
