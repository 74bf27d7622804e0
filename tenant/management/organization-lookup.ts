import type { TenantContext } from "../context.ts";
import type { Organization } from "../organization-entities.ts";
import { notFound } from "./errors.ts";

/** The organization with this id, or 404. */
export function findOrganization({ store }: TenantContext, id: string): Organization {
  const organization = store.organizations.get(id);
  if (!organization) throw noOrganization();
  return organization;
}

/** The refusal for an id or a name that no organization has. */
export const noOrganization = () => notFound("No organization found by that id or name");
