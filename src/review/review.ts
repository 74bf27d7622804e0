import type { AccessModel } from "../model/access-model.ts";
import type { Risk } from "../model/declarations.ts";
import type { Change, ReviewedChange, Thing } from "./change.ts";
import { type Renames, renamesBetween } from "./changes/renames.ts";
import { diffAccess, sortChanges } from "./diff-access.ts";
import { locator, type Written } from "./locate.ts";

/** One state of an estate, as its files have it. */
export interface ReviewedState extends Written {
  /** What people call it: a revision, `index` or `worktree`. */
  readonly name: string;
  readonly model: AccessModel;
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

/** Every change between the states, with its place and whom it asks. */
export function reviewOf(base: ReviewedState, head: ReviewedState, notes: readonly string[]): Review {
  const renames = renamesBetween(base.model, head.model);
  const baseKey = formerKeys(renames);
  const locate = locator(base, head, baseKey);
  const changes = diffAccess(base.model, head.model).map(
    (change): ReviewedChange => ({
      ...change,
      ...locate(change),
      asks: ownersOf(change, base.model, head.model, baseKey),
      unapproved: change.kind === "breach",
    }),
  );
  return {
    base,
    head,
    changes: sortChanges(changes),
    asks: unique(changes.flatMap(({ asks }) => asks)),
    notes,
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
