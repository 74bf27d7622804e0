import type { GrantDeclaration, ScopeSelection } from "../model/declarations.ts";
import { isPattern, matchesPattern } from "../model/pattern.ts";
import type { DefinedScopes, Lookup } from "./lookup.ts";

/** The defined scopes that a selection takes, as values or by patterns; sorted, without doubles. */
export function selectScopes({ api, scopes }: ScopeSelection, all: DefinedScopes): readonly string[] {
  const defined = all.get(api.value);
  if (!defined) return [];
  const taken = scopes.flatMap(({ value }) => {
    if (!isPattern(value)) return defined.has(value) ? [value] : [];
    return [...defined.keys()].filter((scope) => matchesPattern(value, scope));
  });
  return [...new Set(taken)].sort();
}

/** A selection of scopes and the thing that makes it, such as `role "customer"`. */
interface Selecting {
  readonly owner: string;
  readonly selection: ScopeSelection;
}

/** Every selection of scopes: those of roles, then those of clients. */
export function allSelections({ declarations: { roles, clients } }: Lookup): readonly Selecting[] {
  return [
    ...roles.flatMap(({ key, permissions }) =>
      permissions.map((selection) => ({ owner: `role "${key}"`, selection })),
    ),
    ...clients.flatMap(({ key, grants }) =>
      grants.filter(selectsScopes).map((selection) => ({ owner: `client "${key}"`, selection })),
    ),
  ];
}

function selectsScopes(grant: GrantDeclaration): grant is GrantDeclaration & { kind: "scopes" } {
  return grant.kind === "scopes";
}
