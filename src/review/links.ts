import type { Declarations } from "../model/declarations.ts";
import type { GroupKey, RoleKey } from "../model/names.ts";
import type { Holder, Link } from "./reason.ts";

/** The links that lead away from somebody, each as the file has it; of groups those to groups before those to roles. */
export type Links = (from: Holder) => readonly Link[];

/** All links of the declarations. Names are taken as they are: the checks have looked at them. */
export function linksOf({ roles, groups }: Declarations): Links {
  const roleByKey = new Map(roles.map((role) => [role.key, role]));
  const groupByKey = new Map(groups.map((group) => [group.key, group]));
  return (from) => {
    switch (from.kind) {
      case "client":
        return [];
      case "role":
        return (roleByKey.get(from.key)?.includes ?? []).map(({ value, at }) => ({
          from,
          does: "includes",
          to: { kind: "role", key: value as RoleKey }, // as: see above, here and below
          at,
        }));
      case "group": {
        const { within = [], roles: own = [] } = groupByKey.get(from.key) ?? {};
        return [
          ...within.map(({ value, at }): Link => {
            return { from, does: "within", to: { kind: "group", key: value as GroupKey }, at };
          }),
          ...own.map(({ value, at }): Link => {
            return { from, does: "has", to: { kind: "role", key: value as RoleKey }, at };
          }),
        ];
      }
    }
  };
}

/** The shortest ways from somebody to all that he reaches, nearest first; the first of those is he himself. */
export function waysFrom(start: Holder, links: Links): readonly (readonly [Holder, readonly Link[]])[] {
  const ways = new Map<string, readonly [Holder, readonly Link[]]>([[nameOf(start), [start, []]]]);
  // A map that grows while it is gone through is gone through to its new end.
  for (const [holder, way] of ways.values())
    for (const link of links(holder)) {
      const name = nameOf(link.to);
      if (!ways.has(name)) ways.set(name, [link.to, [...way, link]]);
    }
  return [...ways.values()];
}

function nameOf({ kind, key }: Holder): string {
  return `${kind} ${key}`;
}
