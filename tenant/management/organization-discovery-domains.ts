import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { OrganizationDiscoveryDomain } from "../organization-entities.ts";
import { conflict, notFound } from "./errors.ts";
import { findOrganization } from "./organization-lookup.ts";
import { checkpoint } from "./paging.ts";
import { created, handlers, noContent, ok } from "./request.ts";
import { parseBody, strict } from "./validation.ts";

const changeable = {
  status: z.enum(["pending", "verified"]).optional(),
  use_for_organization_discovery: z.boolean().optional(),
};
const creation = strict({ domain: z.string().min(3).max(255), ...changeable });
const change = strict(changeable);

export const organizationDiscoveryDomains = handlers({
  listDiscoveryDomains: ({ path, query }, context) => {
    const { id: organization_id } = findOrganization(context, path.id);
    const { organization_discovery_domains } = context.store;
    return ok(
      checkpoint(query, "domains", (take, after) => {
        const { items, ...rest } = organization_discovery_domains.stretch({ organization_id }, take, after);
        return { items: items.map(toWire), ...rest };
      }),
    );
  },

  createDiscoveryDomain: ({ path, body }, context) => {
    const fields = parseBody(creation, body);
    const { id: organization_id } = findOrganization(context, path.id);
    const { store, ids } = context;
    if (store.organization_discovery_domains.first({ organization_id, domain: fields.domain }))
      throw conflict("The discovery domain already exists for the organization");
    const domain = store.organization_discovery_domains.insert({
      id: `ord_${ids.alphanumeric(22)}`,
      organization_id,
      status: "pending",
      verification_host: `_ss-verification.${organization_id}.${fields.domain}`,
      verification_txt: ids.uuid().replaceAll("-", ""),
      use_for_organization_discovery: true,
      ...fields,
    });
    return created(toWire(domain));
  },

  getDiscoveryDomain: ({ path }, context) => ok(toWire(find(context, path))),

  getDiscoveryDomainByName: ({ path }, context) => {
    const { id: organization_id } = findOrganization(context, path.id);
    const domain = context.store.organization_discovery_domains.first({
      organization_id,
      domain: path.domain,
    });
    if (!domain) throw noDomain();
    return ok(toWire(domain));
  },

  updateDiscoveryDomain: ({ path, body }, context) => {
    const fields = parseBody(change, body);
    const domain = { ...find(context, path), ...fields };
    return ok(toWire(context.store.organization_discovery_domains.replace(domain)));
  },

  deleteDiscoveryDomain: ({ path }, context) => {
    context.store.organization_discovery_domains.deleteWhere({ id: path.domainId, organization_id: path.id });
    return noContent;
  },
});

function find(
  context: TenantContext,
  path: { readonly id: string; readonly domainId: string },
): OrganizationDiscoveryDomain {
  const organization = findOrganization(context, path.id);
  const domain = context.store.organization_discovery_domains.get(path.domainId);
  if (domain?.organization_id !== organization.id) throw noDomain();
  return domain;
}

const noDomain = () => notFound("The discovery domain does not exist", "inexistent_discovery_domain");

const toWire = ({ organization_id: _, ...domain }: OrganizationDiscoveryDomain) => domain;
