import type { Permission } from "../model/access-model.ts";
import type { Declarations, GrantDeclaration, ScopeSelection } from "../model/declarations.ts";
import { isPattern, matchesPattern } from "../model/pattern.ts";
import type { Giving, Holder } from "./reason.ts";

/** The lines of the holder itself that name the permission, in the order of its file; groups have none. */
export type GivingsOf = (holder: Holder, permission: Permission) => readonly Giving[];

/** All lines of the declarations that name permissions. */
export function givingsOf({ roles, clients }: Declarations): GivingsOf {
  const ofRole = new Map(roles.map(({ key, permissions }) => [key, permissions]));
  const ofClient = new Map(clients.map(({ key, grants }) => [key, grants]));
  return (holder, permission) => {
    switch (holder.kind) {
      case "group":
        return [];
      case "role":
        return (ofRole.get(holder.key) ?? []).flatMap((selection) =>
          givingsIn(selection, permission, holder),
        );
      case "client":
        return (ofClient.get(holder.key) ?? []).flatMap((grant) => givingsOfGrant(grant, permission, holder));
    }
  };
}

function givingsOfGrant(grant: GrantDeclaration, permission: Permission, by: Holder): readonly Giving[] {
  if (grant.kind === "scopes") return givingsIn(grant, permission, by);
  return grant.api.value === permission.api ? [{ by, written: grant.kind, at: grant.at }] : [];
}

function givingsIn({ api, scopes }: ScopeSelection, permission: Permission, by: Holder): readonly Giving[] {
  if (api.value !== permission.api) return [];
  return scopes
    .filter(({ value }) =>
      isPattern(value) ? matchesPattern(value, permission.scope) : value === permission.scope,
    )
    .map(({ value, at }) => ({ by, written: value, at }));
}
