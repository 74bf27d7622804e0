import type { Release } from "../model/release.ts";
import { type Change, diffAccess, phrase, type Thing } from "../review/index.ts";
import { flowChanges } from "./flow-changes.ts";

/**
 * What the head gives, runs or says that the base does not, most dangerous first. Things that differ in nothing that is access
 * are there, too: only two releases with one fingerprint have no differences.
 */
export function compareReleases(base: Release, head: Release): readonly Change[] {
  const access = [...diffAccess(base.model, head.model), ...flowChanges(base, head)];
  const told = new Set(access.flatMap(({ things }) => things).map(idOf));
  const others = differingThings(base, head).filter((thing) => !told.has(idOf(thing)));
  return [...access, ...others.map(otherwise)];
}

const idOf = ({ kind, key }: Thing) => `${kind} ${key}`;

/** A description, an owner: what people read of a thing, and nobody can do more or less by. */
function otherwise(thing: Thing): Change {
  const { kind, key } = thing;
  const named = kind === "guardrails" ? phrase`the guardrails` : phrase`${kind} ${key}`;
  return {
    effect: "changed",
    kind: "name",
    risk: "low",
    sentence: phrase`${named}: what it says of itself is another`,
    things: [thing],
  };
}

function differingThings({ model: base }: Release, { model: head }: Release): readonly Thing[] {
  return [
    ...differingKeys(base.apis, head.apis).map((key): Thing => ({ kind: "api", key })),
    ...differingKeys(base.roles, head.roles).map((key): Thing => ({ kind: "role", key })),
    ...differingKeys(base.groups, head.groups).map((key): Thing => ({ kind: "group", key })),
    ...differingKeys(base.clients, head.clients).map((key): Thing => ({ kind: "client", key })),
    ...(textOf(base.guardrails) === textOf(head.guardrails)
      ? []
      : [{ kind: "guardrails", key: "guardrails" } as const]),
  ];
}

function differingKeys<Key extends string>(
  base: readonly { readonly key: Key }[],
  head: readonly { readonly key: Key }[],
): readonly Key[] {
  const before = new Map(base.map((each) => [each.key, textOf(each)]));
  const after = new Map(head.map((each) => [each.key, textOf(each)]));
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => before.get(key) !== after.get(key),
  );
}

const textOf = (value: unknown) => JSON.stringify(value);
