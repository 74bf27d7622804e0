// What everything that is declared has: a name, an owner, protection.
import type { Change, Thing } from "../change.ts";
import { phrase, quoted, words } from "../phrase.ts";

interface Owned {
  readonly key: string;
  readonly owner: string | undefined;
  readonly retired: boolean;
}

/** Changes of who is asked about a thing, and of what keeps it from being deleted. */
export function ownChanges(
  kind: "api" | "role" | "group" | "client",
  before: Owned,
  after: Owned,
): readonly Change[] {
  const thing: Thing = { kind, key: after.key } as Thing; // as: kind and key belong together
  const things: Change["things"] = [thing];
  const what = phrase`${words(kind === "api" ? "API" : kind)} ${quoted(after.key)}`;
  const changes: Change[] = [];
  if (before.owner !== after.owner)
    changes.push({
      effect: before.owner !== undefined && after.owner === undefined ? "wider" : "changed",
      kind: "owner",
      risk: "low",
      things,
      key: "owner",
      ...(before.owner !== undefined && { before: before.owner }),
      ...(after.owner !== undefined && { after: after.owner }),
      sentence:
        after.owner === undefined
          ? phrase`nobody is asked about ${what} any more, was ${before.owner ?? ""}`
          : before.owner === undefined
            ? phrase`${what} has an owner: ${after.owner}`
            : phrase`${what} is owned by ${after.owner}, was by ${before.owner}`,
    });
  if (before.retired !== after.retired)
    changes.push({
      effect: after.retired ? "wider" : "narrower",
      kind: "protection",
      risk: after.retired ? "medium" : "low",
      things,
      key: "retired",
      sentence: after.retired
        ? phrase`${what} is no longer protected from being deleted: it is retired`
        : phrase`${what} is protected from being deleted again`,
    });
  return changes;
}
