import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { ClientGrant } from "../entities.ts";
import type { Store } from "../store.ts";
import { badRequest, conflict, notFound } from "./errors.ts";
import { checkpoint, page, wantsCheckpoint } from "./paging.ts";
import { patched } from "./patch.ts";
import { created, handlers, noContent, ok } from "./request.ts";
import { parseBody, strict } from "./validation.ts";

const changeable = {
  scope: z.array(z.string().min(1).max(280)).optional(),
  allow_all_scopes: z.boolean().optional(),
  organization_usage: z.enum(["deny", "allow", "require"]).optional(),
  allow_any_organization: z.boolean().optional(),
  authorization_details_types: z.array(z.string().min(1).max(255)).optional(),
};
const creation = strict({
  client_id: z.string().min(1).optional(),
  default_for: z.literal("third_party_clients").optional(),
  audience: z.string().min(1),
  subject_type: z.enum(["client", "user"]).optional(),
  ...changeable,
});
const change = strict({
  ...changeable,
  scope: changeable.scope.nullable(),
  allow_all_scopes: changeable.allow_all_scopes.nullable(),
  organization_usage: changeable.organization_usage.nullable(),
  allow_any_organization: changeable.allow_any_organization.nullable(),
});

export const clientGrants = handlers({
  listClientGrants: ({ query }, { store }) => {
    const { client_id, audience, subject_type, default_for } = query;
    const where = {
      ...(client_id !== undefined && { client_id }),
      ...(audience !== undefined && { audience }),
      ...(subject_type !== undefined && { subject_type }),
      ...(default_for !== undefined && { default_for }),
    };
    if (wantsCheckpoint(query))
      return ok(
        checkpoint(query, "client_grants", (take, after) => store.client_grants.stretch(where, take, after)),
      );
    return ok(
      page(query, "client_grants", {
        items: (offset, limit) => store.client_grants.find(where, { offset, limit }),
        total: () => store.client_grants.count(where),
      }),
    );
  },

  createClientGrant: ({ body }, context) => {
    const fields = parseBody(creation, body);
    const { client_id, audience, subject_type = "client" } = fields;
    const { store, ids } = context;
    if ((client_id === undefined) === (fields.default_for === undefined))
      throw badRequest("Payload validation error: 'Data does not match any schemas from 'oneOf''.");
    if (client_id !== undefined && !store.clients.get(client_id))
      throw notFound("The client does not exist", "inexistent_client");
    refuseUnknownScopes(context, audience, fields.scope);
    const whom = client_id === undefined ? { default_for: "third_party_clients" } : { client_id };
    if (store.client_grants.first({ ...whom, audience, subject_type }))
      throw conflict(
        `A client grant already exists between ${client_id ?? whom.default_for} and ${audience}`,
      );
    return created(store.client_grants.insert(shaped({ id: ids.prefixed("cgr"), ...fields, subject_type })));
  },

  getClientGrant: ({ path }, context) => ok(findClientGrant(context, path.id)),

  updateClientGrant: ({ path, body }, context) => {
    const fields = parseBody(change, body);
    const grant = findClientGrant(context, path.id);
    refuseUnknownScopes(context, grant.audience, fields.scope);
    return ok(context.store.client_grants.replace(shaped(patched(grant, fields))));
  },

  deleteClientGrant: ({ path }, { store }) => {
    removeGrant(store, path.id);
    return noContent;
  },
});

/** The client grant with this id, or 404. */
export function findClientGrant({ store }: TenantContext, id: string): ClientGrant {
  const grant = store.client_grants.get(id);
  if (!grant) throw notFound("The client grant does not exist", "inexistent_client_grant");
  return grant;
}

/** Removes the grants of a client or of an API, from organizations too. */
export function removeClientGrants(
  { store }: TenantContext,
  of: { readonly client_id: string } | { readonly audience: string },
): void {
  for (const { id } of store.client_grants.find(of)) removeGrant(store, id);
}

function removeGrant({ client_grants, organization_client_grants }: Store, id: string): void {
  client_grants.delete(id);
  organization_client_grants.deleteWhere({ grant_id: id });
}

/** A grant of all scopes lists none. */
function shaped(grant: ClientGrant): ClientGrant {
  if (!grant.allow_all_scopes) return grant;
  const { scope: _, ...rest } = grant;
  return rest;
}

/** An API that defines no scopes takes any. */
function refuseUnknownScopes(
  { store }: TenantContext,
  audience: string,
  scope: readonly string[] | null | undefined,
): void {
  const api = store.resource_servers.first({ identifier: audience });
  if (!api) throw notFound(`The resource server does not exist: '${audience}'`, "inexistent_resource_server");
  const defined = new Set(api.scopes?.map(({ value }) => value));
  if (defined.size > 0 && scope?.some((value) => !defined.has(value)))
    throw badRequest("Payload validation error: scope must be a subset of resource server scopes");
}
