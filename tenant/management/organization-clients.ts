import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { OrganizationClient } from "../organization-entities.ts";
import { findClient } from "./clients.ts";
import { notFound } from "./errors.ts";
import { findOrganization } from "./organization-lookup.ts";
import { checkpoint } from "./paging.ts";
import { created, handlers, noContent, ok } from "./request.ts";
import { parseBody, strict } from "./validation.ts";

const additions = strict({
  clients: z
    .array(strict({ client_id: z.string().min(1), use_for_member_access: z.boolean().optional() }))
    .min(1),
});
const removals = strict({ clients: z.array(z.string().min(1)).min(1) });
const change = strict({ use_for_member_access: z.boolean() });

export const organizationClients = handlers({
  // Newest first, so a checkpoint is the number of those that were seen.
  listOrganizationClients: ({ path, query }, context) => {
    const { id: organization_id } = findOrganization(context, path.id);
    return ok(
      checkpoint(query, "clients", (take, seen) => {
        const selection = { newestFirst: true, offset: seen, limit: take + 1 };
        const found = context.store.organization_clients.find({ organization_id }, selection);
        const items = found.slice(0, take).map((client) => toWire(context, client));
        return found.length > take ? { items, next: seen + take } : { items };
      }),
    );
  },

  addOrganizationClients: ({ path, body }, context) => {
    const { clients } = parseBody(additions, body);
    const { id: organization_id } = findOrganization(context, path.id);
    const added = clients.map(({ client_id, use_for_member_access = false }) => {
      findClient(context, client_id);
      return put(context, { organization_id, client_id, use_for_member_access });
    });
    return created(added.map((client) => toWire(context, client)));
  },

  removeOrganizationClients: ({ path, body }, context) => {
    const { clients } = parseBody(removals, body);
    const { id } = findOrganization(context, path.id);
    for (const client of clients) context.store.organization_clients.delete(id, client);
    return noContent;
  },

  getOrganizationClient: ({ path }, context) => ok(toWire(context, find(context, path))),

  updateOrganizationClient: ({ path, body }, context) => {
    const fields = parseBody(change, body);
    return ok(toWire(context, put(context, { ...find(context, path), ...fields })));
  },
});

function find(
  context: TenantContext,
  path: { readonly id: string; readonly clientId: string },
): OrganizationClient {
  const organization = findOrganization(context, path.id);
  const client = context.store.organization_clients.get(organization.id, path.clientId);
  if (!client) throw notFound("The client does not exist", "inexistent_client");
  return client;
}

function put({ store }: TenantContext, client: OrganizationClient): OrganizationClient {
  const { organization_clients } = store;
  const isKnown = organization_clients.get(client.organization_id, client.client_id) !== undefined;
  return isKnown ? organization_clients.replace(client) : organization_clients.insert(client);
}

/** Stored → wire, with what one has to know of the client. */
function toWire(context: TenantContext, { client_id, use_for_member_access }: OrganizationClient) {
  const { name, is_first_party, app_type, grant_types, organization_usage } = findClient(context, client_id);
  return {
    client_id,
    use_for_member_access,
    client: { name, app_type, is_first_party, grant_types, organization_usage },
  };
}
