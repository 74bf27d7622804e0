/** What the permissions of roles and of users have in common: how they are sent, checked and shown. */
import { z } from "zod";
import type { TenantContext } from "../context.ts";
import { badRequest, notFound } from "./errors.ts";
import { parseBody, strict } from "./validation.ts";

/** A scope of an API, as it is assigned. */
export interface Permission {
  readonly resource_server_identifier: string;
  readonly permission_name: string;
}

const assignment = strict({
  permissions: z
    .array(strict({ resource_server_identifier: z.string(), permission_name: z.string() }))
    .min(1)
    .describe("array of resource_server_identifier, permission_name pairs"),
});

/** The permissions in a body, not yet looked up. */
export const parsePermissions = (body: unknown): readonly Permission[] =>
  parseBody(assignment, body).permissions;

/** The permissions in a body; 404 for an API that does not exist, 400 for a scope that the API does not define. */
export function parseKnownPermissions({ store }: TenantContext, body: unknown): readonly Permission[] {
  const permissions = parsePermissions(body);
  for (const { resource_server_identifier: identifier, permission_name: name } of permissions) {
    const api = store.resource_servers.first({ identifier });
    if (!api)
      throw notFound(`The resource server does not exist: '${identifier}'`, "inexistent_resource_server");
    if (!api.scopes?.some((scope) => scope.value === name))
      throw badRequest(`The permission '${name}' does not exist in the resource server '${identifier}'`);
  }
  return permissions;
}

/** Stored → wire: description and name of the API are those of this moment; a scope without description shows "". */
export function permissionToWire({ store }: TenantContext, permission: Permission) {
  const { permission_name, resource_server_identifier } = permission;
  const api = store.resource_servers.first({ identifier: resource_server_identifier });
  const scope = api?.scopes?.find((defined) => defined.value === permission_name);
  return {
    permission_name,
    description: scope?.description ?? "",
    resource_server_name: api?.name ?? "",
    resource_server_identifier,
  };
}
