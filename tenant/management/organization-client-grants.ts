import { z } from "zod";
import type { ClientGrant } from "../entities.ts";
import type { Organization } from "../organization-entities.ts";
import { findClientGrant } from "./client-grants.ts";
import { conflict } from "./errors.ts";
import { findOrganization } from "./organization-lookup.ts";
import { checkpoint, listed, page, wantsCheckpoint } from "./paging.ts";
import { created, handlers, noContent, ok, type Query } from "./request.ts";
import { parseBody, strict } from "./validation.ts";

const creation = strict({ grant_id: z.string().min(1) });

export const organizationClientGrants = handlers({
  listOrganizationClientGrants: ({ path, query }, context) => {
    const { id: organization_id } = findOrganization(context, path.id);
    const grants = context.store.organization_client_grants
      .find({ organization_id })
      .map(({ grant_id }) => findClientGrant(context, grant_id))
      .filter((grant) => matchesFilters(grant, query));
    return ok(page(query, "client_grants", listed(grants)));
  },

  addOrganizationClientGrant: ({ path, body }, context) => {
    const { grant_id } = parseBody(creation, body);
    const { id: organization_id } = findOrganization(context, path.id);
    const { id: _i, subject_type: _t, ...grant } = findClientGrant(context, grant_id);
    const { organization_client_grants } = context.store;
    if (organization_client_grants.get(organization_id, grant_id))
      throw conflict("The client grant is already associated with the organization");
    organization_client_grants.insert({ organization_id, grant_id });
    // Unlike in the list, the grant's id has another name here.
    return created({ grant_id, ...grant });
  },

  removeOrganizationClientGrant: ({ path }, context) => {
    const { id } = findOrganization(context, path.id);
    context.store.organization_client_grants.delete(id, path.grantId);
    return noContent;
  },

  listClientGrantOrganizations: ({ path, query }, context) => {
    const { id: grant_id } = findClientGrant(context, path.id);
    const { organization_client_grants: links } = context.store;
    const organizations = (found: readonly { readonly organization_id: string }[]): Organization[] =>
      found.map(({ organization_id }) => findOrganization(context, organization_id));
    if (wantsCheckpoint(query))
      return ok(
        checkpoint(query, "organizations", (take, after) => {
          const { items, ...rest } = links.stretch({ grant_id }, take, after);
          return { items: organizations(items), ...rest };
        }),
      );
    return ok(
      page(query, "organizations", {
        items: (offset, limit) => organizations(links.find({ grant_id }, { offset, limit })),
        total: () => links.count({ grant_id }),
      }),
    );
  },
});

function matchesFilters({ id, audience, client_id }: ClientGrant, query: Query): boolean {
  return (
    (query.audience === undefined || audience === query.audience) &&
    (query.client_id === undefined || client_id === query.client_id) &&
    (query.grant_ids === undefined || query.grant_ids.split(",").includes(id))
  );
}
