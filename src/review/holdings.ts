import type { AccessModel, Permission } from "../model/access-model.ts";
import type { Holder } from "./reason.ts";

/** That somebody has a permission, and how. */
export interface Holding {
  readonly holder: Holder;
  readonly permission: Permission;
  /** True if it comes from another only: from a role that is included, or a group around the group. */
  readonly inherited: boolean;
  /** True if Auth0's own `permissions` claim does not know of it: it comes with groups that are in tokens only. */
  readonly inTokensOnly: boolean;
  /** True if a client has it for the users that sign in with it, as far as they have it themselves. */
  readonly forUsers: boolean;
}

/** All that anybody has: of roles, then groups, then clients, each by key, then by API and scope. */
export function holdingsOf({ roles, groups, clients }: AccessModel): readonly Holding[] {
  const inTokens = new Set(groups.filter(({ delivery }) => delivery === "claim").map(({ key }) => key));
  return [
    ...roles.flatMap(({ key, permissions }) =>
      permissions.map(({ api, scope, via }) => ({
        holder: { kind: "role" as const, key },
        permission: { api, scope },
        inherited: !via.includes(key),
        inTokensOnly: false,
        forUsers: false,
      })),
    ),
    ...groups.flatMap(({ key, effective }) =>
      effective.permissions.map(({ api, scope, groups: givers }) => ({
        holder: { kind: "group" as const, key },
        permission: { api, scope },
        inherited: !givers.includes(key),
        inTokensOnly: givers.every((giver) => inTokens.has(giver)),
        forUsers: false,
      })),
    ),
    ...clients.flatMap(({ key, grants }) =>
      grants.flatMap(({ api, scopes, subject }) =>
        scopes.map((scope) => ({
          holder: { kind: "client" as const, key },
          permission: { api, scope },
          inherited: false,
          inTokensOnly: false,
          forUsers: subject === "user",
        })),
      ),
    ),
  ];
}

/** A permission as one text, `api/scope`. */
export function permissionName({ api, scope }: Permission): string {
  return `${api}/${scope}`;
}
