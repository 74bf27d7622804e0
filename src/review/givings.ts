import type { Permission } from "../model/access-model.ts";
import type { ClientDeclaration, RoleDeclaration, ScopeSelection } from "../model/declarations.ts";
import { isPattern, matchesPattern } from "../model/pattern.ts";
import type { Located } from "../model/source.ts";
import type { Giving, Holder } from "./reason.ts";

/** The lines of the role itself that give the permission, in the order of the file. */
export function givingsOfRole(role: RoleDeclaration, permission: Permission): readonly Giving[] {
  const by: Holder = { kind: "role", key: role.key };
  return role.permissions.flatMap((selection) => givingsIn(selection, permission, by));
}

/** The lines of the client that give it the permission, in the order of the file. */
export function givingsOfClient(client: ClientDeclaration, permission: Permission): readonly Giving[] {
  const by: Holder = { kind: "client", key: client.key };
  return client.grants.flatMap((grant) => {
    if (grant.kind === "scopes") return givingsIn(grant, permission, by);
    return grant.api.value === permission.api ? [{ by, written: grant.kind, at: grant.at }] : [];
  });
}

function givingsIn({ api, scopes }: ScopeSelection, permission: Permission, by: Holder): readonly Giving[] {
  if (api.value !== permission.api) return [];
  return scopes
    .filter((written) => takes(written, permission.scope))
    .map(({ value, at }) => ({ by, written: value, at }));
}

function takes({ value }: Located<string>, scope: string): boolean {
  return isPattern(value) ? matchesPattern(value, scope) : value === scope;
}
