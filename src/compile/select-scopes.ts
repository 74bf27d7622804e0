import type { GrantDeclaration, ScopeSelection } from "../model/declarations.ts";
import { compareText } from "../model/diagnostic.ts";
import { isPattern, matchesPattern } from "../model/pattern.ts";
import type { Located } from "../model/source.ts";
import type { DefinedScopes, Lookup } from "./lookup.ts";

/**
 * The defined scopes that a selection takes, as values or by patterns, each at the first text that takes it; sorted,
 * without doubles.
 */
export function selectScopes(
  { api, scopes }: ScopeSelection,
  all: DefinedScopes,
): readonly Located<string>[] {
  const defined = all.get(api.value);
  if (!defined) return [];
  const taken = new Map<string, Located<string>>();
  for (const { value, at } of scopes) {
    const matches = isPattern(value)
      ? [...defined.keys()].filter((scope) => matchesPattern(value, scope))
      : defined.has(value)
        ? [value]
        : [];
    for (const scope of matches) if (!taken.has(scope)) taken.set(scope, { value: scope, at });
  }
  return [...taken.values()].sort((a, b) => compareText(a.value, b.value));
}

/** True if the text names one of the scopes, or is a pattern that one fits. */
export function takesAny(text: string, scopes: ReadonlyMap<string, unknown> | undefined): boolean {
  if (!isPattern(text)) return scopes?.has(text) ?? false;
  return scopes?.keys().some((scope) => matchesPattern(text, scope)) ?? false;
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
