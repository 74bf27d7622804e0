import type { EffectivePermission } from "../model/access-model.ts";
import type { RoleDeclaration } from "../model/declarations.ts";
import { compareText } from "../model/diagnostic.ts";
import type { ApiKey, RoleKey, ScopeValue } from "../model/names.ts";
import { closure } from "./closure.ts";
import type { Lookup } from "./lookup.ts";

/** Everything a role gives, by itself and by what it includes at any depth; sorted by API, then scope. */
export function effectivePermissions(
  role: RoleDeclaration,
  roles: ReadonlyMap<string, RoleDeclaration>,
  given: Lookup["given"],
): readonly EffectivePermission[] {
  const givers = closure([role], ({ includes }) => includes.map(({ value }) => roles.get(value)));
  const byName = new Map<string, { api: ApiKey; scope: ScopeValue; via: Set<RoleKey> }>();
  for (const giver of givers)
    for (const { api, scope } of given.get(giver) ?? []) {
      const name = `${api}\n${scope}`;
      const known = byName.get(name);
      if (known) known.via.add(giver.key);
      else byName.set(name, { api, scope, via: new Set([giver.key]) });
    }
  return [...byName.values()]
    .map(({ api, scope, via }) => ({ api, scope, via: [...via].sort() }))
    .sort((a, b) => compareText(a.api, b.api) || compareText(a.scope, b.scope));
}
