// What the control API takes, as schemas.

import { z } from "zod";
import { type CollectionName, collections } from "../collections.ts";
import { plans } from "../plans.ts";
import type { StoreDump } from "../store.ts";

/** What is to happen to the clock: one of these. */
export const clockChange = z.union(
  [
    z.strictObject({ advance: z.number().int() }),
    z.strictObject({ set: z.iso.datetime({ offset: true }) }),
    z.strictObject({ freeze: z.literal(true) }),
    z.strictObject({ run: z.literal(true) }),
  ],
  {
    error:
      'must be one of { "advance": milliseconds }, { "set": "2030-01-01T00:00:00Z" }, { "freeze": true }, { "run": true }',
  },
);

const planNames = Object.keys(plans) as (keyof typeof plans)[];

/** What a fork has of its own. */
export const forkChange = z.strictObject({
  port: z.number().int().min(0).max(65_535).optional(),
  stateDir: z.string().min(1).optional(),
  plan: z.enum(planNames).optional(),
});

const entity = z.record(z.string(), z.unknown());

/** A snapshot that was taken before; its entities have their keys, the rest is believed. */
export const snapshotShape = z.record(z.string(), z.array(entity)).transform((dump, context): StoreDump => {
  for (const [name, entities] of Object.entries(dump)) {
    if (!Object.hasOwn(collections, name))
      context.addIssue({ code: "custom", path: [name], message: "is no collection of this tenant" });
    else {
      const keys: readonly string[] = collections[name as CollectionName].key; // of `collections`, as just seen
      const known = new Set<string>();
      for (const [place, each] of entities.entries()) {
        const values = keys.map((key) => each[key]);
        const refuse = (message: string) =>
          context.addIssue({ code: "custom", path: [name, place], message });
        if (values.some((value) => typeof value !== "string")) refuse(`needs ${keys.join(", ")}`);
        else if (known.has(JSON.stringify(values))) refuse(`is there twice: ${values.join(", ")}`);
        known.add(JSON.stringify(values));
      }
    }
  }
  if (dump.signing_keys && !dump.signing_keys.some((key) => key.is_current === true))
    context.addIssue({ code: "custom", path: ["signing_keys"], message: "needs a current key" });
  return dump;
});
