import { readFlowsLock } from "../lock/index.ts";
import type { RecordedFlows } from "../model/recorded-flows.ts";
import type { Release } from "../model/release.ts";
import {
  type Change,
  diffAccess,
  diffFlows,
  type Phrase,
  phrase,
  sortChanges,
  type Thing,
} from "../review/index.ts";

/**
 * What the head gives, runs or says that the base does not, in the order of reports. Things that differ in nothing that is
 * access are there, too: only two releases with one fingerprint have no differences.
 */
export function compareReleases(base: Release, head: Release): readonly Change[] {
  const access = diffAccess(base.model, head.model);
  const runs = diffFlows({ ...base, flows: flowsOf(base) }, { ...head, flows: flowsOf(head) });
  const told = new Set([...access, ...runs].flatMap(({ things }) => things).map(idOf));
  const others = differingThings(base, head).filter((thing) => !told.has(idOf(thing)));
  const isElsewhere = runs.length === 0 && base.flows !== head.flows;
  return sortChanges([
    ...access,
    ...runs,
    ...others.map((thing) => otherwise(thing, phrase`${thing.kind} ${thing.key}`)),
    ...(isElsewhere
      ? [otherwise({ kind: "locks", key: "hooks/flows.lock" }, phrase`files of policies`)]
      : []),
  ]);
}

function flowsOf({ flows: text }: Release): RecordedFlows {
  const { flows } = readFlowsLock({ path: "hooks/flows.lock", text });
  if (!flows) throw new Error("a release of this format holds a lock that this program can read");
  return flows;
}

const idOf = ({ kind, key }: Thing) => `${kind} ${key}`;

/** A description, an owner, a comment: nobody can do more or less by what people read of a thing. */
function otherwise(thing: Thing, named: Phrase): Change {
  const sentence = phrase`${named}: only what people read of it is another`;
  return { effect: "changed", kind: "name", risk: "low", sentence, things: [thing] };
}

const kinds = { api: "apis", role: "roles", group: "groups", client: "clients" } as const;

function differingThings({ model: base }: Release, { model: head }: Release): readonly Thing[] {
  const keyed = (["api", "role", "group", "client"] as const).flatMap(
    (kind) => differingKeys(base[kinds[kind]], head[kinds[kind]]).map((key) => ({ kind, key }) as Thing), // as: a kind with its key
  );
  const laws: Thing = { kind: "guardrails", key: "guardrails" };
  return textOf(base.guardrails) === textOf(head.guardrails) ? keyed : [...keyed, laws];
}

function differingKeys(
  base: readonly { readonly key: string }[],
  head: readonly { readonly key: string }[],
): readonly string[] {
  const before = new Map(base.map((each) => [each.key, textOf(each)]));
  const after = new Map(head.map((each) => [each.key, textOf(each)]));
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => before.get(key) !== after.get(key),
  );
}

const textOf = (value: unknown) => JSON.stringify(value);
