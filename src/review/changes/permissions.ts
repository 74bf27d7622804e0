// Who can do what: everybody whom a line reaches, by inclusion and by groups, in one change for each permission.
import type { AccessModel, Permission } from "../../model/access-model.ts";
import { managementApi } from "../../model/names.ts";
import { permissionText } from "../../model/permission.ts";
import type { Change } from "../change.ts";
import { type Holding, holdingsOf } from "../holdings.ts";
import { enumeration, enumerationUpTo, type Phrase, phrase, quoted, words } from "../phrase.ts";
import type { Holder } from "../reason.ts";
import { type Reach, reachOf } from "./reach.ts";
import type { Risks } from "./risks.ts";

/** A change for each permission that somebody has in one of the models only, or that Auth0 knows of in one only. */
export function permissionChanges(base: AccessModel, head: AccessModel, risks: Risks): readonly Change[] {
  const before = holdingsByName(base);
  const after = holdingsByName(head);
  const gained = [...after.values()].filter(({ name }) => !before.has(name));
  const lost = [...before.values()].filter(({ name }) => !after.has(name));
  const isInAuth0 = ({ holding }: Named) => !holding.inTokensOnly;
  const kept = [...after.values()].flatMap((now) => {
    const then = before.get(now.name);
    return then && isInAuth0(then) !== isInAuth0(now) ? [now] : [];
  });
  const all = new Map([...base.apis, ...head.apis].map((api) => [api.key, api.name]));
  const nameOfApi = (api: string) => (api === managementApi ? "Management" : (all.get(api as never) ?? api));
  const change = (
    found: readonly Named[],
    model: AccessModel,
    other: AccessModel,
    rest: Pick<Change, "effect" | "kind"> & { readonly says: (subject: Subject, what: Phrase) => Phrase },
  ) => {
    const reach = reachOf(model);
    const has = holderNames(other);
    return mergedByPermission(found, reach).map((merged): Change => {
      const { permission, category, primary, others } = merged;
      const [first] = primary;
      const what = phrase`${permission.scope} on ${nameOfApi(permission.api)}`;
      const isNew = rest.effect === "wider" && primary.every((each) => !has.has(nameOf(each)));
      return {
        effect: rest.effect,
        kind: rest.kind,
        risk: risks.of(permission),
        sentence: rest.says({ category, phrase: subjectOf(merged, isNew) }, what),
        things: [first, { kind: "api", key: permission.api }, ...primary.slice(1)],
        permission,
        holders: [...primary, ...others],
      };
    });
  };
  return [
    ...change(gained, head, base, { effect: "wider", kind: "permission", says: saysCan }),
    ...change(lost, base, head, { effect: "narrower", kind: "permission", says: saysCannot }),
    ...change(kept.filter(isInAuth0), head, base, {
      effect: "wider",
      kind: "claim",
      says: (subject, what) =>
        phrase`${subject.phrase} can ${what} also where Auth0's own "permissions" claim is looked at`,
    }),
    ...change(
      kept.filter((each) => !isInAuth0(each)),
      head,
      base,
      {
        effect: "narrower",
        kind: "claim",
        says: (subject, what) =>
          phrase`${subject.phrase} can ${what} only where the claims of policies are looked at`,
      },
    ),
  ];
}

interface Subject {
  readonly category: Category;
  readonly phrase: Phrase;
}

function saysCan({ category, phrase: subject }: Subject, what: Phrase): Phrase {
  return category === "users"
    ? phrase`${subject} can now get ${what} for its users`
    : phrase`${subject} can now ${what}`;
}

function saysCannot({ category, phrase: subject }: Subject, what: Phrase): Phrase {
  return category === "users"
    ? phrase`${subject} can no longer get ${what} for its users`
    : phrase`${subject} can no longer ${what}`;
}

type Category = "role" | "group" | "machine" | "users";

interface Named {
  readonly name: string;
  readonly holding: Holding;
}

function holdingsByName(model: AccessModel): ReadonlyMap<string, Named> {
  return new Map(
    holdingsOf(model).map((holding) => {
      const name = `${nameOf(holding.holder)} ${holding.forUsers} ${permissionText(holding.permission)}`;
      return [name, { name, holding }];
    }),
  );
}

function nameOf({ kind, key }: Holder): string {
  return `${kind} ${key}`;
}

function holderNames({ roles, groups, clients }: AccessModel): ReadonlySet<string> {
  return new Set([
    ...roles.map(({ key }) => nameOf({ kind: "role", key })),
    ...groups.map(({ key }) => nameOf({ kind: "group", key })),
    ...clients.map(({ key }) => nameOf({ kind: "client", key })),
  ]);
}

/** Who gains or loses a permission: some by themselves, the others because they have what these have. */
interface Merged {
  readonly permission: Permission;
  readonly category: Category;
  readonly primary: readonly [Holder, ...Holder[]];
  readonly others: readonly Holder[];
}

function mergedByPermission(found: readonly Named[], reach: Reach): readonly Merged[] {
  const byPermission = Map.groupBy(found, ({ holding }) => permissionText(holding.permission));
  return [...byPermission.values()].flatMap((named) => {
    const holdings = named.map(({ holding }) => holding);
    const [first] = holdings;
    if (!first) return [];
    const people = holdings.filter(({ holder }) => holder.kind !== "client").map(({ holder }) => holder);
    const roots = people.filter((one) => !people.some((other) => reach(one, other)));
    const rest = people.filter((one) => !roots.includes(one));
    const rolesOnly = roots.filter(({ kind }) => kind === "role");
    const groupsOnly = roots.filter(({ kind }) => kind === "group");
    const ofRoles = rest.filter((one) => rolesOnly.some((root) => reach(one, root)));
    const machines = holdings.filter(({ holder, forUsers }) => holder.kind === "client" && !forUsers);
    const users = holdings.filter(({ forUsers }) => forUsers);
    const merged = (category: Category, primary: readonly Holder[], others: readonly Holder[] = []) => {
      const [one, ...more] = primary;
      return one
        ? [{ permission: first.permission, category, primary: [one, ...more] as const, others }]
        : [];
    };
    return [
      ...merged("role", rolesOnly, ofRoles),
      ...merged(
        "group",
        groupsOnly,
        rest.filter((one) => !ofRoles.includes(one)),
      ),
      ...merged(
        "machine",
        machines.map(({ holder }) => holder),
      ),
      ...merged(
        "users",
        users.map(({ holder }) => holder),
      ),
    ];
  });
}

/** Names that a sentence lists before it counts. */
const mostNames = 3;

function subjectOf({ category, primary, others }: Merged, isNew: boolean): Phrase {
  const fresh = isNew ? "new " : "";
  const names = primary.map(({ key }) => (category === "role" ? phrase`${key}` : quoted(key)));
  const list = enumerationUpTo(mostNames, names);
  const s = primary.length === 1 ? "" : "s";
  switch (category) {
    case "role":
      return phrase`${words(isNew ? `new role${s} ` : "")}${list}${reachedBy(primary, others)}`;
    case "group":
      return phrase`people in ${words(`${fresh}group${s}`)} ${list}${reachedBy(primary, others)}`;
    case "machine":
      return phrase`${words(`${fresh}machine${s}`)} ${list}`;
    case "users":
      return phrase`${words(`${fresh}client${s}`)} ${list}`;
  }
}

/** In brackets, who has it because he has what the subjects have. */
function reachedBy(primary: readonly Holder[], others: readonly Holder[]): Phrase {
  const roles = others.filter(({ kind }) => kind === "role");
  const groups = others.filter(({ kind }) => kind === "group");
  const [only] = primary;
  const included = primary.length === 1 ? "it" : "them";
  const parts = [
    ...(roles.length > 0
      ? [
          phrase`${enumerationUpTo(
            mostNames,
            roles.map(({ key }) => phrase`${key}`),
          )}, which ${words(roles.length === 1 ? "includes" : "include")} ${words(included)}`,
        ]
      : []),
    ...(groups.length > 0
      ? [
          phrase`people in ${words(groups.length === 1 ? "group" : "groups")} ${enumerationUpTo(
            mostNames,
            groups.map(({ key }) => quoted(key)),
          )}`,
        ]
      : []),
  ];
  return only && parts.length > 0 ? phrase` (and ${joinedByAnd(parts)})` : [];
}

function joinedByAnd(parts: readonly Phrase[]): Phrase {
  return parts.length === 2 ? phrase`${parts[0] ?? []}, and ${parts[1] ?? []}` : enumeration(parts);
}
