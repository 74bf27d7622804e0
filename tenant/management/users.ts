import { z } from "zod";
import { permissionsOf, rolesOf } from "../access.ts";
import type { User } from "../entities.ts";
import { deleteUser } from "../users.ts";
import { badRequest } from "./errors.ts";
import { listed, page, refuseBeyondSearch, selectFields } from "./paging.ts";
import { parseKnownPermissions, parsePermissions, permissionToWire } from "./permissions.ts";
import { created, handlers, noContent, ok, type Query } from "./request.ts";
import { findRole, heldRoleToWire } from "./roles.ts";
import { addUser, changeUser } from "./user-changes.ts";
import { findUser } from "./user-lookup.ts";
import { searchOf, sortOf } from "./user-search.ts";
import { parseBody, strict } from "./validation.ts";

const roleIds = strict({ roles: z.array(z.string().min(1)).min(1) });

export const users = handlers({
  listUsers: ({ query }, { store }) => {
    refuseBeyondSearch(query);
    const search = searchOf(query);
    const order = sortOf(query.sort);
    const listing = {
      items: (offset: number, limit: number) => {
        const selection = { ...order, offset, limit };
        const found = search ? store.users.search(search, selection) : store.users.find({}, selection);
        return found.map((user) => selected(query, user));
      },
      total: () => (search ? store.users.countFound(search) : store.users.count()),
    };
    // Only the list of users says how many are on the page.
    return ok(page(query, "users", listing, ({ length }) => ({ length })));
  },

  listUsersByEmail: ({ query }, { store }) => {
    if (query.email === undefined)
      throw badRequest("Query validation error: 'Missing required property: email'.", "invalid_query_string");
    return ok(store.users.find({ email: query.email.toLowerCase() }).map((user) => selected(query, user)));
  },

  createUser: ({ body }, context) => created(toWire(addUser(context, body))),

  getUser: ({ path, query }, context) => ok(selected(query, findUser(context, path.id))),

  updateUser: ({ path, body }, context) => ok(toWire(changeUser(context, path.id, body))),

  deleteUser: ({ path }, context) => {
    deleteUser(context, path.id);
    return noContent;
  },

  listUserRoles: ({ path, query }, context) => {
    const { user_id } = findUser(context, path.id);
    return ok(page(query, "roles", listed(rolesOf(context.store, user_id).map(heldRoleToWire))));
  },

  addUserRoles: ({ path, body }, context) => {
    const { roles } = parseBody(roleIds, body);
    const { user_id } = findUser(context, path.id);
    const { user_roles } = context.store;
    for (const { id } of roles.map((role) => findRole(context, role)))
      if (!user_roles.get(user_id, id)) user_roles.insert({ user_id, role_id: id });
    return noContent;
  },

  removeUserRoles: ({ path, body }, context) => {
    const { roles } = parseBody(roleIds, body);
    const { user_id } = findUser(context, path.id);
    for (const role of roles) context.store.user_roles.delete(user_id, role);
    return noContent;
  },

  listUserOrganizations: ({ path, query }, context) => {
    const { user_id } = findUser(context, path.id);
    const { organization_members, organizations } = context.store;
    const memberships = organization_members.find({ user_id });
    const wire = memberships.flatMap(({ organization_id }) => organizations.get(organization_id) ?? []);
    // As Auth0 does it, whatever the number.
    return ok(page(query, "organizations", { ...listed(wire), total: () => 0 }));
  },

  listUserPermissions: ({ path, query }, context) => {
    const { user_id } = findUser(context, path.id);
    const wire = permissionsOf(context.store, user_id).map((held) => ({
      ...permissionToWire(context, held),
      sources: held.sources,
    }));
    return ok(page(query, "permissions", listed(wire)));
  },

  addUserPermissions: ({ path, body }, context) => {
    const permissions = parseKnownPermissions(context, body);
    const { user_id } = findUser(context, path.id);
    const { user_permissions } = context.store;
    for (const { resource_server_identifier, permission_name } of permissions)
      if (!user_permissions.get(user_id, resource_server_identifier, permission_name))
        user_permissions.insert({ user_id, resource_server_identifier, permission_name });
    return created({});
  },

  removeUserPermissions: ({ path, body }, context) => {
    const permissions = parsePermissions(body);
    const { user_id } = findUser(context, path.id);
    for (const { resource_server_identifier, permission_name } of permissions)
      context.store.user_permissions.delete(user_id, resource_server_identifier, permission_name);
    return noContent;
  },
});

/** Stored → wire: without the password's hash and those before it. */
function toWire({ password_hash: _, password_history: _h, ...user }: User) {
  return user;
}

const selected = (query: Query, user: User) => selectFields(query, toWire(user));
