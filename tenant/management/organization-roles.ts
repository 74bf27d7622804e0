import { findOrganization } from "./organization-lookup.ts";
import { checkpoint } from "./paging.ts";
import { handlers, ok } from "./request.ts";
import { findRole } from "./roles.ts";
import { memberToWire } from "./user-lookup.ts";

export const organizationRoles = handlers({
  listOrganizationRoleMembers: ({ path, query }, context) => {
    const { id: organization_id } = findOrganization(context, path.id);
    const { id: role_id } = findRole(context, path.roleId);
    return ok(
      checkpoint(query, "members", (take, after) => {
        const { organization_member_roles } = context.store;
        const { items, ...rest } = organization_member_roles.stretch(
          { organization_id, role_id },
          take,
          after,
        );
        return { items: items.map(({ user_id }) => memberToWire(context, user_id)), ...rest };
      }),
    );
  },

  // Groups come from directories, which the tenant does not have.
  listOrganizationRoleGroups: ({ path, query }, context) => {
    findOrganization(context, path.id);
    findRole(context, path.roleId);
    return ok(checkpoint(query, "groups", () => ({ items: [] })));
  },
});
