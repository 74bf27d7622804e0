import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { Organization } from "../organization-entities.ts";
import { conflict } from "./errors.ts";
import { enableConnection, enabledConnection } from "./organization-connections.ts";
import { findOrganization, noOrganization } from "./organization-lookup.ts";
import { checkpoint, page, refuseBeyondPages, wantsCheckpoint } from "./paging.ts";
import { patched, withoutNulls } from "./patch.ts";
import { created, handlers, noContent, ok, type Query } from "./request.ts";
import { removeRole } from "./roles.ts";
import { tokenQuota } from "./token-quota.ts";
import { parseBody, strict } from "./validation.ts";

const color = z.string().regex(/^#(?:[0-9a-fA-F]{3}){1,2}$/);
const changeable = {
  display_name: z.string().min(1).max(255).optional(),
  branding: strict({
    logo_url: z.url({ protocol: /^https$/ }).nullish(),
    colors: strict({ primary: color, page_background: color }).nullish(),
  }).optional(),
  metadata: z.record(z.string(), z.string().max(255).nullable()).optional(),
  token_quota: tokenQuota.nullish(),
  third_party_client_access: z.enum(["allow", "block"]).optional(),
  is_app_entitlement_active: z.boolean().optional(),
};
const name = z
  .string()
  .min(1)
  .max(50)
  .regex(/^[a-z0-9][a-z0-9_-]*$/);
const creation = strict({ name, ...changeable, enabled_connections: z.array(enabledConnection).optional() });
const change = strict({ name: name.optional(), ...changeable });

export const organizations = handlers({
  listOrganizations: ({ query }, context) => {
    const { store } = context;
    const wire = (found: readonly Organization[]) => withAssociation(context, query, found);
    if (wantsCheckpoint(query))
      return ok(
        checkpoint(query, "organizations", (take, after) => {
          const { items, ...rest } = store.organizations.stretch({}, take, after);
          return { items: wire(items), ...rest };
        }),
      );
    refuseBeyondPages(query);
    return ok(
      page(query, "organizations", {
        items: (offset, limit) => wire(store.organizations.find({}, { offset, limit })),
        total: () => store.organizations.count(),
      }),
    );
  },

  createOrganization: ({ body }, context) => {
    const { enabled_connections = [], ...fields } = parseBody(creation, body);
    const { store, ids } = context;
    refuseTakenName(context, fields.name);
    const organization = store.organizations.insert(
      shaped({
        id: ids.prefixed("org"),
        third_party_client_access: "block",
        is_app_entitlement_active: false,
        ...withoutNulls(fields),
      }),
    );
    for (const connection of enabled_connections) enableConnection(context, organization.id, connection);
    return created(organization);
  },

  getOrganization: ({ path }, context) => ok(findOrganization(context, path.id)),

  getOrganizationByName: ({ path }, { store }) => {
    const organization = store.organizations.first({ name: path.name });
    if (!organization) throw noOrganization();
    return ok(organization);
  },

  updateOrganization: ({ path, body }, context) => {
    const fields = parseBody(change, body);
    const organization = findOrganization(context, path.id);
    if (fields.name !== undefined && fields.name !== organization.name) refuseTakenName(context, fields.name);
    return ok(context.store.organizations.replace(shaped(patched(organization, fields))));
  },

  deleteOrganization: ({ path }, context) => {
    removeWithDependents(context, path.id);
    return noContent;
  },
});

/** With `include_client_association_for` it is shown which organizations the client is entitled in, and how. */
function withAssociation({ store }: TenantContext, query: Query, found: readonly Organization[]) {
  const clientId = query.include_client_association_for;
  if (clientId === undefined) return found;
  return found.map((organization) => {
    const entitled = store.organization_clients.get(organization.id, clientId);
    if (!entitled) return organization;
    return { ...organization, client: { use_for_member_access: entitled.use_for_member_access } };
  });
}

/** Metadata without entries is absent, and an entry that is null is none. */
function shaped(organization: Organization): Organization {
  const { metadata, ...rest } = organization;
  const entries = withoutNulls(metadata ?? {});
  return Object.keys(entries).length === 0 ? rest : { ...rest, metadata: entries };
}

function refuseTakenName({ store }: TenantContext, name: string): void {
  if (store.organizations.first({ name })) throw conflict("An organization with this name already exists.");
}

function removeWithDependents(context: TenantContext, organization_id: string): void {
  const { store } = context;
  store.organizations.delete(organization_id);
  for (const dependent of [
    store.organization_members,
    store.organization_member_roles,
    store.organization_connections,
    store.organization_clients,
    store.organization_client_grants,
    store.organization_discovery_domains,
  ])
    dependent.deleteWhere({ organization_id });
  for (const { id } of store.roles.find({ owner_id: organization_id })) removeRole(context, id);
}
