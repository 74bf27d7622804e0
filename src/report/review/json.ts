import { plainText, type Review } from "../../review/index.ts";
import { jsonText } from "../json-text.ts";

/** The version of what `reviewJson` gives: goes up when a reader of the last one could be misled. */
const version = 1;

/** The review as a JSON document, described by docs/schema/review.json. Places are 1-based, `end` exclusive. */
export function reviewJson({ base, head, changes, asks, notes }: Review): string {
  const wider = changes.filter(({ effect }) => effect === "wider");
  return jsonText({
    version,
    base: base.name,
    head: head.name,
    counts: {
      changes: changes.length,
      wider: wider.length,
      high: wider.filter(({ risk }) => risk === "high").length,
      unapproved: changes.filter(({ unapproved }) => unapproved).length,
    },
    asks,
    notes,
    changes: changes.map(({ sentence, ...rest }) => ({
      effect: rest.effect,
      kind: rest.kind,
      risk: rest.risk,
      text: plainText(sentence),
      unapproved: rest.unapproved,
      asks: rest.asks,
      things: rest.things,
      permission: rest.permission,
      holders: rest.holders,
      policy: rest.policy,
      key: rest.key,
      before: rest.before,
      after: rest.after,
      side: rest.side,
      at: rest.at,
      via: rest.via,
    })),
  });
}
