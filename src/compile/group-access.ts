import type { EffectivePermission, Group, GroupPermission } from "../model/access-model.ts";
import type { GroupDeclaration, RoleDeclaration } from "../model/declarations.ts";
import { compareText } from "../model/diagnostic.ts";
import type { GroupKey, RoleKey } from "../model/names.ts";
import { closure } from "./closure.ts";

/** What people in a group have, by the group itself and all around it at any depth. */
export function groupAccess(
  group: GroupDeclaration,
  groups: ReadonlyMap<string, GroupDeclaration>,
  roles: ReadonlyMap<string, RoleDeclaration>,
  permissions: ReadonlyMap<RoleDeclaration, readonly EffectivePermission[]>,
): Group["effective"] {
  const around = closure([group], ({ within }) => within.map(({ value }) => groups.get(value)));
  const giversOf = new Map<RoleDeclaration, Set<GroupKey>>();
  for (const giver of around)
    for (const { value } of giver.roles) {
      const role = roles.get(value);
      if (role) giversOf.set(role, (giversOf.get(role) ?? new Set()).add(giver.key));
    }
  const byName = new Map<string, { first: EffectivePermission; via: Set<RoleKey>; groups: Set<GroupKey> }>();
  for (const [role, givers] of giversOf)
    for (const permission of permissions.get(role) ?? []) {
      const name = `${permission.api}\n${permission.scope}`;
      const known = byName.get(name) ?? { first: permission, via: new Set(), groups: new Set() };
      byName.set(name, known);
      for (const each of permission.via) known.via.add(each);
      for (const each of givers) known.groups.add(each);
    }
  return {
    roles: [...giversOf]
      .map(([{ key }, givers]) => ({ role: key, via: [...givers].sort() }))
      .sort((a, b) => compareText(a.role, b.role)),
    permissions: [...byName.values()]
      .map(
        ({ first: { api, scope }, via, groups }): GroupPermission => ({
          api,
          scope,
          via: [...via].sort(),
          groups: [...groups].sort(),
        }),
      )
      .sort((a, b) => compareText(a.api, b.api) || compareText(a.scope, b.scope)),
  };
}
