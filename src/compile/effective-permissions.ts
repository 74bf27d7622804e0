import type { EffectivePermission } from "../model/access-model.ts";
import type { RoleDeclaration } from "../model/declarations.ts";
import { compareText } from "../model/diagnostic.ts";
import type { ApiKey, RoleKey, ScopeValue } from "../model/names.ts";
import type { DefinedScopes } from "./lookup.ts";
import { selectScopes } from "./select-scopes.ts";

type Roles = ReadonlyMap<string, RoleDeclaration>;

/** Everything a role gives, by itself and by what it includes at any depth; sorted by API, then scope. */
export function effectivePermissions(
  role: RoleDeclaration,
  roles: Roles,
  scopes: DefinedScopes,
): readonly EffectivePermission[] {
  const byName = new Map<string, { api: ApiKey; scope: ScopeValue; via: Set<RoleKey> }>();
  for (const giver of withIncluded(role, roles))
    for (const selection of giver.permissions)
      for (const scope of selectScopes(selection, scopes)) {
        const name = `${selection.api.value}\n${scope}`;
        const known = byName.get(name);
        if (known) known.via.add(giver.key);
        else
          byName.set(name, {
            api: selection.api.value as ApiKey, // as: selectScopes gives scopes of APIs that exist, and no others
            scope: scope as ScopeValue,
            via: new Set([giver.key]),
          });
      }
  return [...byName.values()]
    .map(({ api, scope, via }) => ({ api, scope, via: [...via].sort() }))
    .sort((a, b) => compareText(a.api, b.api) || compareText(a.scope, b.scope));
}

/** The role and all it includes at any depth, each once; cycles end where they begin. */
function withIncluded(role: RoleDeclaration, roles: Roles): ReadonlySet<RoleDeclaration> {
  const all = new Set([role]);
  for (const each of all)
    for (const { value } of each.includes) {
      const included = roles.get(value);
      if (included) all.add(included);
    }
  return all;
}
