import { findOrganization } from "./organization-lookup.ts";
import { checkpoint } from "./paging.ts";
import { handlers, ok } from "./request.ts";
import { findRole } from "./roles.ts";
import { findUser } from "./user-lookup.ts";

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
        const members = items.map(({ user_id }) => {
          const { email, picture, name } = findUser(context, user_id);
          return { user_id, email, picture, name };
        });
        return { items: members, ...rest };
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
