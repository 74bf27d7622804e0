import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { OrganizationMember } from "../organization-entities.ts";
import { badRequest } from "./errors.ts";
import { findOrganization } from "./organization-lookup.ts";
import { checkpoint, page, refuseBeyondPages, selectFields, wantsCheckpoint } from "./paging.ts";
import { handlers, noContent, ok, type Query } from "./request.ts";
import { findRole, heldRoleToWire } from "./roles.ts";
import { findUser, memberToWire } from "./user-lookup.ts";
import { parseBody, strict } from "./validation.ts";

const members = strict({ members: z.array(z.string().min(1)).min(1) });
const roles = strict({ roles: z.array(z.string().min(1)).min(1) });

export const organizationMembers = handlers({
  // In the order of joining.
  listOrganizationMembers: ({ path, query }, context) => {
    const { id: organization_id } = findOrganization(context, path.id);
    const { organization_members } = context.store;
    const wire = (list: readonly OrganizationMember[]) =>
      list.map((member) => toWire(context, query, member));
    if (wantsCheckpoint(query))
      return ok(
        checkpoint(query, "members", (take, after) => {
          const { items, ...rest } = organization_members.stretch({ organization_id }, take, after);
          return { items: wire(items), ...rest };
        }),
      );
    refuseBeyondPages(query);
    return ok(
      page(query, "members", {
        items: (offset, limit) => wire(organization_members.find({ organization_id }, { offset, limit })),
        total: () => organization_members.count({ organization_id }),
      }),
    );
  },

  addOrganizationMembers: ({ path, body }, context) => {
    const { members: ids } = parseBody(members, body);
    const { id: organization_id } = findOrganization(context, path.id);
    const { organization_members } = context.store;
    for (const { user_id } of ids.map((id) => findUser(context, id)))
      if (!organization_members.get(organization_id, user_id))
        organization_members.insert({ organization_id, user_id });
    return noContent;
  },

  removeOrganizationMembers: ({ path, body }, context) => {
    const { members: ids } = parseBody(members, body);
    const { id: organization_id } = findOrganization(context, path.id);
    const { organization_members, organization_member_roles } = context.store;
    for (const user_id of ids) {
      organization_members.delete(organization_id, user_id);
      organization_member_roles.deleteWhere({ organization_id, user_id });
    }
    return noContent;
  },

  // In the order of assignment.
  listOrganizationMemberRoles: ({ path, query }, context) => {
    const where = { organization_id: findOrganization(context, path.id).id, user_id: path.userId };
    const { organization_member_roles } = context.store;
    return ok(
      page(query, "roles", {
        items: (offset, limit) =>
          organization_member_roles
            .find(where, { offset, limit })
            .map(({ role_id }) => heldRoleToWire(findRole(context, role_id))),
        total: () => organization_member_roles.count(where),
      }),
    );
  },

  addOrganizationMemberRoles: ({ path, body }, context) => {
    const { roles: ids } = parseBody(roles, body);
    const { id: organization_id } = findOrganization(context, path.id);
    const { user_id } = findUser(context, path.userId);
    const { organization_members, organization_member_roles } = context.store;
    if (!organization_members.get(organization_id, user_id))
      throw badRequest("The user is not a member of the organization", "not_a_member");
    for (const { id: role_id } of ids.map((id) => findRole(context, id)))
      if (!organization_member_roles.get(organization_id, user_id, role_id))
        organization_member_roles.insert({ organization_id, user_id, role_id });
    return noContent;
  },

  removeOrganizationMemberRoles: ({ path, body }, context) => {
    const { roles: ids } = parseBody(roles, body);
    const { id: organization_id } = findOrganization(context, path.id);
    for (const role of ids)
      context.store.organization_member_roles.delete(organization_id, path.userId, role);
    return noContent;
  },
});

/** Roles come only when `fields` asks for them. */
function toWire(context: TenantContext, query: Query, { organization_id, user_id }: OrganizationMember) {
  const member = memberToWire(context, user_id);
  if (!query.fields?.split(",").includes("roles")) return selectFields(query, member);
  const { organization_member_roles } = context.store;
  const roles = organization_member_roles.find({ organization_id, user_id }).map(({ role_id }) => {
    const { id, name } = findRole(context, role_id);
    return { id, name };
  });
  return selectFields(query, { ...member, roles });
}
