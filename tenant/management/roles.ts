import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { Role } from "../entities.ts";
import { conflict, notFound } from "./errors.ts";
import { checkpoint, listed, page, refuseBeyondPages, wantsCheckpoint } from "./paging.ts";
import { patched, withoutNulls } from "./patch.ts";
import { parseKnownPermissions, parsePermissions, permissionToWire } from "./permissions.ts";
import { created, handlers, noContent, ok, type Query } from "./request.ts";
import { findUser, memberToWire } from "./user-lookup.ts";
import { parseBody, strict } from "./validation.ts";

const creation = strict({
  name: z.string().min(1),
  description: z.string().nullish(),
  type: z.enum(["tenant", "organization"]).optional(),
  owner_id: z.string().optional(),
});
const change = strict({ name: z.string().min(1).optional(), description: z.string().nullish() });
const members = strict({ users: z.array(z.string().min(1)).min(1) });

export const roles = handlers({
  listRoles: ({ query }, { store }) => {
    const matching = store.roles.find().filter((role) => matchesFilters(role, query));
    return ok(page(query, "roles", listed(matching.map(toWire))));
  },

  createRole: ({ body }, { store, ids }) => {
    const fields = withoutNulls(parseBody(creation, body));
    refuseTakenName(store.roles.first({ name: fields.name }));
    // Unlike a GET, the answer has no description where none was sent.
    return ok(store.roles.insert({ type: "tenant", ...fields, id: ids.prefixed("rol") }));
  },

  getRole: ({ path }, context) => ok(toWire(findRole(context, path.id))),

  updateRole: ({ path, body }, context) => {
    const fields = parseBody(change, body);
    const role = findRole(context, path.id);
    if (fields.name !== undefined && fields.name !== role.name)
      refuseTakenName(context.store.roles.first({ name: fields.name }));
    return ok(toWire(context.store.roles.replace(patched(role, fields))));
  },

  deleteRole: ({ path }, context) => {
    removeRole(context, path.id);
    return ok({});
  },

  listRolePermissions: ({ path, query }, context) => {
    const { id } = findRole(context, path.id);
    const permissions = context.store.role_permissions.find({ role_id: id }, { orderBy: "permission_name" });
    const wire = permissions.map((permission) => permissionToWire(context, permission));
    return ok(page(query, "permissions", listed(wire)));
  },

  addRolePermissions: ({ path, body }, context) => {
    const permissions = parseKnownPermissions(context, body);
    const { id: role_id } = findRole(context, path.id);
    const { role_permissions } = context.store;
    for (const { resource_server_identifier, permission_name } of permissions)
      if (!role_permissions.get(role_id, resource_server_identifier, permission_name))
        role_permissions.insert({ role_id, resource_server_identifier, permission_name });
    return created({});
  },

  removeRolePermissions: ({ path, body }, context) => {
    const permissions = parsePermissions(body);
    const { id } = findRole(context, path.id);
    for (const { resource_server_identifier, permission_name } of permissions)
      context.store.role_permissions.delete(id, resource_server_identifier, permission_name);
    return noContent;
  },

  listRoleUsers: ({ path, query }, context) => {
    const { id: role_id } = findRole(context, path.id);
    const { user_roles } = context.store;
    const toMembers = (assignments: readonly { readonly user_id: string }[]) =>
      assignments.map((assignment) => memberToWire(context, assignment.user_id));
    if (wantsCheckpoint(query))
      return ok(
        checkpoint(query, "users", (take, after) => {
          const { items, ...rest } = user_roles.stretch({ role_id }, take, after);
          return { items: toMembers(items), ...rest };
        }),
      );
    refuseBeyondPages(query);
    return ok(
      page(query, "users", {
        items: (offset, limit) => toMembers(user_roles.find({ role_id }, { offset, limit })),
        total: () => user_roles.count({ role_id }),
      }),
    );
  },

  addRoleUsers: ({ path, body }, context) => {
    const { users } = parseBody(members, body);
    const { id: role_id } = findRole(context, path.id);
    const { user_roles } = context.store;
    for (const { user_id } of users.map((id) => findUser(context, id)))
      if (!user_roles.get(user_id, role_id)) user_roles.insert({ user_id, role_id });
    return ok({});
  },
});

/** The role with this id, or 404. */
export function findRole({ store }: TenantContext, id: string): Role {
  const role = store.roles.get(id);
  if (!role) throw notFound("The role does not exist.", "inexistent_role");
  return role;
}

/** Removes a role with its permissions, and takes it from users and members of organizations. */
export function removeRole({ store }: TenantContext, role_id: string): void {
  store.roles.delete(role_id);
  for (const dependent of [store.role_permissions, store.user_roles, store.organization_member_roles])
    dependent.deleteWhere({ role_id });
}

/** How a role is shown among those that a user or a member of an organization has. */
export const heldRoleToWire = ({ id, name, description = "" }: Role) => ({ id, name, description });

/** Stored → wire: a role without description shows an empty one. */
const toWire = ({ id, name, description = "", type, owner_id }: Role) => ({
  id,
  name,
  description,
  type,
  owner_id,
});

function matchesFilters(role: Role, query: Query): boolean {
  return (
    role.name.toLowerCase().includes((query.name_filter ?? "").toLowerCase()) &&
    (query.type === undefined || role.type === query.type) &&
    (query.owner_id === undefined || role.owner_id === query.owner_id)
  );
}

function refuseTakenName(taken: Role | undefined): void {
  if (taken) throw conflict("The role already exists.");
}
