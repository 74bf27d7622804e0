import { z } from "zod";
import { permissionsOf, rolesOf } from "../access.ts";
import type { TenantContext } from "../context.ts";
import type { Connection, User } from "../entities.ts";
import { hashPassword, meetsPolicy, type PasswordPolicy } from "../passwords.ts";
import { createUser, deleteUser, findUser as findInConnection, mergeMetadata } from "../users.ts";
import { badRequest, conflict } from "./errors.ts";
import { listed, page, selectFields, wantsTotals } from "./paging.ts";
import { patched, withoutNulls } from "./patch.ts";
import { parseKnownPermissions, parsePermissions, permissionToWire } from "./permissions.ts";
import { created, handlers, noContent, ok, type Query } from "./request.ts";
import { findRole } from "./roles.ts";
import { findUser } from "./user-lookup.ts";
import { searchCondition, sortOf } from "./user-search.ts";
import { parseBody, strict } from "./validation.ts";

const metadata = z.record(z.string(), z.json());
const profile = {
  email: z.email().nullish(),
  email_verified: z.boolean().optional(),
  username: z.string().min(1).max(128).nullish(),
  phone_number: z
    .string()
    .regex(/^\+[0-9]{1,15}$/)
    .nullish(),
  phone_verified: z.boolean().optional(),
  name: z.string().min(1).max(300).nullish(),
  given_name: z.string().min(1).max(150).nullish(),
  family_name: z.string().min(1).max(150).nullish(),
  nickname: z.string().min(1).max(300).nullish(),
  picture: z.url().nullish(),
  blocked: z.boolean().optional(),
  user_metadata: metadata.optional(),
  app_metadata: metadata.optional(),
};
const password = z.string().min(1);
const creation = strict({
  connection: z.string().min(1),
  user_id: z.string().max(255).regex(/^\S*$/).optional(),
  password: password.optional(),
  verify_email: z.boolean().optional(),
  ...profile,
});
const change = strict({
  connection: z.string().min(1).optional(),
  client_id: z.string().min(1).optional(),
  password: password.nullish(),
  verify_email: z.boolean().optional(),
  verify_phone_number: z.boolean().optional(),
  verify_password: z.boolean().optional(),
  ...profile,
});
const roleIds = strict({ roles: z.array(z.string().min(1)).min(1) });

export const users = handlers({
  listUsers: ({ query }, { store }) => {
    const matching = searchCondition(query.q);
    const where = query.connection === undefined ? {} : { connection: query.connection };
    let length = 0;
    const listing = page(query, "users", {
      items: (offset, limit) => {
        const found = store.users.find(where, {
          ...sortOf(query.sort),
          ...(matching && { matching }),
          offset,
          limit,
        });
        length = found.length;
        return found.map((user) => selected(query, user));
      },
      total: () => store.users.count(where, matching),
    });
    // Only the list of users says how many are on the page.
    return ok(wantsTotals(query) ? { ...listing, length } : listing);
  },

  listUsersByEmail: ({ query }, { store }) => {
    if (query.email === undefined)
      throw badRequest("Query validation error: 'Missing required property: email'.", "invalid_query_string");
    return ok(store.users.find({ email: query.email.toLowerCase() }).map((user) => selected(query, user)));
  },

  createUser: ({ body }, context) => {
    const { connection: name, user_id, password, verify_email: _, ...given } = parseBody(creation, body);
    const connection = findConnection(context, name);
    const fields = withoutNulls(given);
    if (connection.strategy === "auth0") refuseIncomplete(connection, { ...fields, password });
    const taken = findInConnection(context, name, fields) ?? context.store.users.get(`auth0|${user_id}`);
    if (taken) throw conflict("The user already exists.", "auth0_idp_error");
    const identity = {
      connection: name,
      provider: connection.strategy,
      isSocial: false,
      ...(user_id !== undefined && { user_id }),
    };
    return created(
      toWire(createUser(context, { identity, profile: fields, ...(password !== undefined && { password }) })),
    );
  },

  getUser: ({ path, query }, context) => ok(selected(query, findUser(context, path.id))),

  updateUser: ({ path, body }, context) => {
    const fields = parseBody(change, body);
    const user = findUser(context, path.id);
    return ok(toWire(context.store.users.replace(updated(context, user, fields))));
  },

  deleteUser: ({ path }, context) => {
    deleteUser(context, path.id);
    return noContent;
  },

  listUserRoles: ({ path, query }, context) => {
    const { user_id } = findUser(context, path.id);
    const wire = rolesOf(context.store, user_id).map(({ id, name, description = "" }) => ({
      id,
      name,
      description,
    }));
    return ok(page(query, "roles", listed(wire)));
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

/** Stored → wire: without the password's hash. */
function toWire({ password_hash: _, ...user }: User) {
  return user;
}

const selected = (query: Query, user: User) => selectFields(query, toWire(user));

function findConnection({ store }: TenantContext, name: string): Connection {
  const connection = store.connections.first({ name });
  if (!connection) throw badRequest("The connection does not exist.", "inexistent_connection");
  return connection;
}

interface Credentials {
  readonly email?: string;
  readonly username?: string;
  readonly phone_number?: string;
  readonly password?: string | undefined;
}

/** A user of a database has an identifier and a password that is strong enough for it. */
function refuseIncomplete({ options }: Connection, fields: Credentials): void {
  const missing = (property: string) =>
    badRequest(`Payload validation error: 'Missing required property: ${property}'.`);
  if (fields.email === undefined && fields.username === undefined && fields.phone_number === undefined)
    throw missing("email");
  if (options.requires_username === true && fields.username === undefined) throw missing("username");
  if (fields.password === undefined) throw missing("password");
  refuseWeak(options.passwordPolicy, fields.password);
}

function refuseWeak(policy: unknown, password: string): void {
  // Connections take only the names of policies; one that names none has Auth0's default.
  if (!meetsPolicy((policy ?? "good") as PasswordPolicy, password))
    throw badRequest("PasswordStrengthError: Password is too weak", "invalid_password");
}

function updated(context: TenantContext, user: User, fields: z.infer<typeof change>): User {
  const {
    connection: _c,
    client_id: _i,
    verify_email: _e,
    verify_phone_number: _p,
    verify_password: _v,
    ...rest
  } = fields;
  const { password, user_metadata, app_metadata, email, ...root } = rest;
  const [{ connection }] = user.identities;
  const lowerCase = email?.toLowerCase();
  refuseTaken(context, user, connection, { email: lowerCase, username: root.username ?? undefined });
  if (password)
    refuseWeak(context.store.connections.first({ name: connection })?.options.passwordPolicy, password);
  const app = app_metadata && mergeMetadata(user.app_metadata, app_metadata);
  const next = {
    ...patched(user, { ...root, ...(email !== undefined && { email: lowerCase ?? null }) }),
    ...(user_metadata && { user_metadata: mergeMetadata(user.user_metadata, user_metadata) }),
    ...(password && { password_hash: hashPassword(password), last_password_reset: context.clock.iso() }),
    updated_at: context.clock.iso(),
  };
  // Unlike user_metadata, an empty app_metadata is absent.
  return app ? patched(next, { app_metadata: Object.keys(app).length > 0 ? app : null }) : next;
}

function refuseTaken(
  context: TenantContext,
  user: User,
  connection: string,
  identifiers: { readonly email: string | undefined; readonly username: string | undefined },
): void {
  for (const by of [{ email: identifiers.email }, { username: identifiers.username }]) {
    const other = findInConnection(context, connection, by);
    const what = "email" in by ? "email" : "username";
    if (other && other.user_id !== user.user_id)
      throw badRequest(`The specified new ${what} already exists`, "auth0_idp_error");
  }
}
