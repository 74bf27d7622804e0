import type { Permission } from "../model/access-model.ts";
import type { ClientDeclaration, GrantDeclaration, RoleDeclaration } from "../model/declarations.ts";
import type { ApiKey, ScopeValue } from "../model/names.ts";
import type { Located, Span } from "../model/source.ts";
import type { DefinedScopes } from "./lookup.ts";
import { selectScopes } from "./select-scopes.ts";

/** A permission and the place of the text that gives it: a scope, a pattern, `from-policies`. */
export interface GivenPermission extends Permission {
  readonly at: Span;
}

/** What a role gives by itself, patterns resolved; in the order of the file, scopes of an API sorted. */
export function givenByRole(role: RoleDeclaration, scopes: DefinedScopes): readonly GivenPermission[] {
  return role.permissions.flatMap((selection) => given(selection.api, selectScopes(selection, scopes)));
}

/** What a client is granted, patterns resolved and `from-policies` replaced by the scopes that policies use. */
export function givenToClient(
  client: ClientDeclaration,
  scopes: DefinedScopes,
  usedByPolicies: readonly string[],
): readonly GivenPermission[] {
  return client.grants.flatMap((grant) => given(grant.api, scopesOfGrant(grant, scopes, usedByPolicies)));
}

function scopesOfGrant(
  grant: GrantDeclaration,
  scopes: DefinedScopes,
  usedByPolicies: readonly string[],
): readonly Located<string>[] {
  if (grant.kind === "scopes") return selectScopes(grant, scopes);
  return usedByPolicies.map((value) => ({ value, at: grant.at }));
}

function given(api: Located<string>, scopes: readonly Located<string>[]): readonly GivenPermission[] {
  // as: selectScopes gives scopes of APIs that exist, and no others
  return scopes.map(({ value, at }) => ({ api: api.value as ApiKey, scope: value as ScopeValue, at }));
}
