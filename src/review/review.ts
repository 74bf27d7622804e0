import type { AccessModel } from "../model/access-model.ts";
import type { Risk } from "../model/declarations.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { RecordedFlows } from "../model/recorded-flows.ts";
import type { Change, Effect, ReviewedChange, Thing } from "./change.ts";
import { type Renames, renamesBetween } from "./changes/renames.ts";
import { stageChanges, tenantChanges } from "./changes/stages.ts";
import { warningChanges } from "./changes/warnings.ts";
import { diffAccess, sortChanges } from "./diff-access.ts";
import { diffFlows } from "./diff-flows.ts";
import { locator, type Written } from "./locate.ts";
import { type Phrase, phrase, words } from "./phrase.ts";

/** One state of an estate, as its files have it. */
export interface ReviewedState extends Written {
  /** What people call it: a revision, `index` or `worktree`. */
  readonly name: string;
  readonly model: AccessModel;
  readonly flows: RecordedFlows;
  /** Why its hooks/flows.lock cannot be used, in words that go on after the file's name. */
  readonly flowsTrouble: string | undefined;
  /** The tenant of each stack that names one. */
  readonly tenants: ReadonlyMap<string, string>;
}

/** A change of an estate as access: what a report shows and a gate looks at. */
export interface Review {
  readonly base: ReviewedState;
  readonly head: ReviewedState;
  /** Most dangerous first, see `diffAccess`. */
  readonly changes: readonly ReviewedChange[];
  /** The owners of all that changed, as the base has them; sorted. */
  readonly asks: readonly string[];
  /** What a reader has to know of the review itself. */
  readonly notes: readonly string[];
}

/**
 * Every change between the states, with its place and whom it asks. `breaches` are what the base's guardrails have found in the
 * head.
 */
export function reviewOf(
  base: ReviewedState,
  head: ReviewedState,
  breaches: readonly Diagnostic[],
  notes: readonly string[],
): Review {
  const renames = renamesBetween(base.model, head.model);
  const baseKey = formerKeys(renames);
  const locate = locator(base, head, baseKey);
  const found = [
    ...diffAccess(base.model, head.model),
    ...runChanges(base, head),
    ...stageChanges(base, head),
    ...tenantChanges(base.tenants, head.tenants),
    ...warningChanges(base.declarations, head.declarations),
  ];
  const asks = (change: Change) => ownersOf(change, base.model, head.model, baseKey);
  const changes = sortChanges([
    ...found.map(
      (change): ReviewedChange => ({ ...change, ...locate(change), asks: asks(change), unapproved: false }),
    ),
    ...breaches.map((breach): ReviewedChange => {
      const change = breachChange(breach);
      return { ...change, asks: asks(change), unapproved: true, at: breach.at, side: "head", via: [] };
    }),
  ]);
  return { base, head, changes, asks: unique(changes.flatMap((change) => change.asks)), notes };
}

/** What runs, as far as both locks tell. */
function runChanges(base: ReviewedState, head: ReviewedState): readonly Change[] {
  const unjudged = (effect: Effect, sentence: Phrase): Change => ({
    effect,
    kind: "unjudged",
    risk: effect === "wider" ? "high" : "medium",
    things: [{ kind: "locks", key: "hooks/flows.lock" }],
    sentence,
  });
  if (head.flowsTrouble !== undefined)
    return [
      unjudged(
        "wider",
        phrase`what runs at registration and login cannot be judged: hooks/flows.lock ${words(head.flowsTrouble)}; run "npm run generate"`,
      ),
    ];
  if (base.flowsTrouble !== undefined)
    return [
      unjudged(
        "flow",
        phrase`what ran at registration and login before is not known: hooks/flows.lock of the base ${words(base.flowsTrouble)}`,
      ),
    ];
  return diffFlows(base, head);
}

/** A finding of the base's guardrails: the words in quotes are names. */
function breachChange({ message }: Diagnostic): Change {
  const [, kind, key, permission] = /^(role|client) "([^"]+)" has "([^"]+)"/.exec(message) ?? [];
  const guardrails: Thing = { kind: "guardrails", key: "guardrails" };
  const api = permission?.split("/")[0];
  const things: Change["things"] =
    kind !== undefined && key !== undefined
      ? [{ kind, key } as Thing, ...(api === undefined ? [] : [{ kind: "api", key: api } as const])] // as: the pattern takes these kinds only
      : [guardrails];
  return {
    effect: "wider",
    kind: "breach",
    risk: "high",
    things,
    sentence: [
      "against the base's guardrails: ",
      ...message
        .split(/"([^"]*)"/)
        .map((part, index) => (index % 2 === 1 ? { name: part, isQuoted: true } : part))
        .filter((part) => part !== ""),
    ],
  };
}

function formerKeys(renames: Renames): (thing: Thing) => string {
  const former = (byOld: ReadonlyMap<string, string>) => new Map([...byOld].map(([old, key]) => [key, old]));
  const byKind = {
    api: former(renames.apis),
    role: former(renames.roles),
    group: former(renames.groups),
    client: former(renames.clients),
  };
  return ({ kind, key }) =>
    (kind in byKind ? byKind[kind as keyof typeof byKind].get(key) : undefined) ?? key;
}

/** The base says who is asked: a change cannot choose its own judges. What is new has the owner it comes with. */
function ownersOf(
  { things }: Change,
  base: AccessModel,
  head: AccessModel,
  baseKey: (thing: Thing) => string,
): readonly string[] {
  return unique(
    things.flatMap((thing) => {
      const before = declaredIn(base, thing.kind, baseKey(thing));
      const owner = before ? before.owner : declaredIn(head, thing.kind, thing.key)?.owner;
      return owner === undefined ? [] : [owner];
    }),
  );
}

function declaredIn({ apis, roles, groups, clients }: AccessModel, kind: Thing["kind"], key: string) {
  const lists = { api: apis, role: roles, group: groups, client: clients };
  const list: readonly { readonly key: string; readonly owner: string | undefined }[] =
    kind in lists ? lists[kind as keyof typeof lists] : [];
  return list.find((each) => each.key === key);
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

/** What a gate looks for: any widening, one of high risk, or one that the base's guardrails do not let through. */
export const gates = ["widening", "high", "unapproved"] as const;
export type Gate = (typeof gates)[number];

/** The changes that keep the gate shut. */
export function stoppedBy(gate: Gate, { changes }: Review): readonly ReviewedChange[] {
  const high: Risk = "high";
  return changes.filter(({ effect, risk, unapproved }) => {
    if (gate === "unapproved") return unapproved;
    return effect === "wider" && (gate === "widening" || risk === high);
  });
}
