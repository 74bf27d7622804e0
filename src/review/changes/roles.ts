import type { AccessModel } from "../../model/access-model.ts";
import type { Change } from "../change.ts";
import { phrase, quoted } from "../phrase.ts";
import { ownChanges } from "./own.ts";
import { pairsOf } from "./pairs.ts";
import type { Risks } from "./risks.ts";

/** Changes of roles themselves: what tokens call them, whether they are there. */
export function roleChanges(base: AccessModel, head: AccessModel, risks: Risks): readonly Change[] {
  return pairsOf(base.roles, head.roles).flatMap(({ key, before, after }): readonly Change[] => {
    const things: Change["things"] = [{ kind: "role", key: key as (typeof base.roles)[number]["key"] }]; // as: it is one's
    if (!after)
      return [
        {
          effect: "narrower",
          kind: "role",
          risk: "low",
          things,
          sentence: phrase`role ${quoted(key)} is gone`,
        },
      ];
    if (!before) return [];
    const changes: Change[] = [];
    if (before.name !== after.name) {
      const taken = base.roles.find(({ name }) => name === after.name);
      changes.push({
        effect: taken ? "wider" : "changed",
        kind: "name",
        risk: taken ? risks.ofRole(taken.key) : "medium",
        things,
        before: before.name,
        after: after.name,
        sentence: taken
          ? phrase`tokens call role ${quoted(key)} ${quoted(after.name)}, as they called role ${quoted(taken.key)} before`
          : phrase`tokens call role ${quoted(key)} ${quoted(after.name)}, was ${quoted(before.name)}`,
      });
    }
    if (before.reviewBy !== after.reviewBy) {
      const isLater =
        before.reviewBy !== undefined && (after.reviewBy === undefined || after.reviewBy > before.reviewBy);
      changes.push({
        effect: isLater ? "wider" : "narrower",
        kind: "review-date",
        risk: "low",
        things,
        key: "reviewBy",
        ...(before.reviewBy && { before: before.reviewBy }),
        ...(after.reviewBy && { after: after.reviewBy }),
        sentence:
          after.reviewBy === undefined
            ? phrase`nobody has to look at role ${quoted(key)} again, was by ${before.reviewBy ?? ""}`
            : phrase`role ${quoted(key)} is to be looked at again by ${after.reviewBy}, was ${before.reviewBy ?? "never"}`,
      });
    }
    return [...changes, ...ownChanges("role", before, after)];
  });
}
