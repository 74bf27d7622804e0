// Who is in which group, and which roles that gives: tokens carry the names of roles, and clients let some of them in.
import type { AccessModel, Group } from "../../model/access-model.ts";
import type { Change } from "../change.ts";
import { phrase, quoted, words } from "../phrase.ts";
import { ownChanges } from "./own.ts";
import { pairsOf } from "./pairs.ts";
import type { Risks } from "./risks.ts";

/** Changes of groups; what permissions that gives is told for everybody together. */
export function groupChanges(base: AccessModel, head: AccessModel, risks: Risks): readonly Change[] {
  return [
    ...pairsOf(base.groups, head.groups).flatMap(({ key, before, after }): readonly Change[] => {
      const things: Change["things"] = [{ kind: "group", key: key as Group["key"] }]; // as: it is one's
      if (!after)
        return [
          {
            effect: "narrower",
            kind: "group",
            risk: "low",
            things,
            sentence: phrase`group ${quoted(key)} is gone`,
          },
        ];
      if (!before) return [];
      return [
        ...nameChanges(before, after, things, risks),
        ...sourceChanges(before, after, things, risks),
        ...deliveryChanges(before, after, things),
        ...ownChanges("group", before, after),
      ];
    }),
    ...roleChanges(base, head, risks),
  ];
}

function nameChanges(before: Group, after: Group, things: Change["things"], risks: Risks): readonly Change[] {
  if (before.name === after.name) return [];
  const change = { kind: "group", things, before: before.name, after: after.name } as const;
  return [
    {
      ...change,
      effect: "wider",
      risk: risks.ofAll(after.effective.permissions),
      sentence: phrase`people whose "groups" hold ${quoted(after.name)} now have what group ${quoted(after.key)} gives`,
    },
    {
      ...change,
      effect: "narrower",
      risk: "low",
      sentence: phrase`people whose "groups" hold ${quoted(before.name)} no longer have what group ${quoted(after.key)} gives`,
    },
  ];
}

function sourceChanges(
  before: Group,
  after: Group,
  things: Change["things"],
  risks: Risks,
): readonly Change[] {
  const [then, now] = [before.from, after.from];
  const has = (list: Group["from"], { connection, group }: Group["from"][number]) =>
    list.some((each) => each.connection === connection && each.group === group);
  return [
    ...now
      .filter((each) => !has(then, each))
      .map(
        ({ connection, group }): Change => ({
          effect: "wider",
          kind: "group-source",
          risk: risks.ofAll(after.effective.permissions),
          things,
          key: "from",
          sentence: phrase`people in ${quoted(group)} of connection ${quoted(connection)} are now in group ${quoted(after.key)}`,
        }),
      ),
    ...then
      .filter((each) => !has(now, each))
      .map(
        ({ connection, group }): Change => ({
          effect: "narrower",
          kind: "group-source",
          risk: "low",
          things,
          key: "from",
          sentence: phrase`people in ${quoted(group)} of connection ${quoted(connection)} are no longer in group ${quoted(after.key)}`,
        }),
      ),
  ];
}

function deliveryChanges(before: Group, after: Group, things: Change["things"]): readonly Change[] {
  if (before.delivery === after.delivery) return [];
  const how =
    after.delivery === "stored"
      ? "Auth0 stores what it gives"
      : "it is in tokens only, and Auth0 stores nothing";
  return [
    {
      effect: "changed",
      kind: "group",
      risk: "low",
      things,
      key: "delivery",
      before: before.delivery,
      after: after.delivery,
      sentence: phrase`group ${quoted(after.key)} is delivered another way: ${words(how)}`,
    },
  ];
}

/** Roles that people in groups have now and had not, or had and have not; one change for each role. */
function roleChanges(base: AccessModel, head: AccessModel, risks: Risks): readonly Change[] {
  const before = givenRoles(base);
  const after = givenRoles(head);
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((role): readonly Change[] => {
    const [then, now] = [before.get(role) ?? [], after.get(role) ?? []];
    const gained = now.filter((group) => !then.includes(group));
    const lost = then.filter((group) => !now.includes(group));
    const about = (groups: readonly Group["key"][]): Change["things"] =>
      [
        ...groups.slice(0, 1).map((key) => ({ kind: "group" as const, key })),
        { kind: "role", key: role },
        ...groups.slice(1).map((key) => ({ kind: "group" as const, key })),
      ] as unknown as Change["things"]; // as: the role is there in any case
    const list = (groups: readonly string[]) =>
      phrase`${words(groups.length === 1 ? "group" : "groups")} ${namesOf(groups)}`;
    return [
      ...(gained.length > 0
        ? [
            {
              effect: "wider" as const,
              kind: "group-role" as const,
              risk: risks.ofRole(role),
              things: about(gained),
              after: role,
              sentence: phrase`people in ${list(gained)} now have role ${quoted(role)}`,
            },
          ]
        : []),
      ...(lost.length > 0
        ? [
            {
              effect: "narrower" as const,
              kind: "group-role" as const,
              risk: "low" as const,
              things: about(lost),
              before: role,
              sentence: phrase`people in ${list(lost)} no longer have role ${quoted(role)}`,
            },
          ]
        : []),
    ];
  });
}

function namesOf(groups: readonly string[]) {
  return groups.length > 3
    ? phrase`${quoted(groups[0] ?? "")}, ${quoted(groups[1] ?? "")} and ${words(String(groups.length - 2))} more`
    : groups.flatMap((group, index) => [
        ...(index === 0 ? [] : [index === groups.length - 1 ? " and " : ", "]),
        ...quoted(group),
      ]);
}

/** The groups whose people have each role, those with the role by their own line first. */
function givenRoles({ groups }: AccessModel) {
  const given = groups.flatMap((group) =>
    group.effective.roles.map(({ role, via }) => ({
      role,
      group: group.key,
      isOwn: via.includes(group.key),
    })),
  );
  const ordered = [...given.filter(({ isOwn }) => isOwn), ...given.filter(({ isOwn }) => !isOwn)];
  return new Map(
    [...Map.groupBy(ordered, ({ role }) => role)].map(([role, all]) => [role, all.map(({ group }) => group)]),
  );
}
