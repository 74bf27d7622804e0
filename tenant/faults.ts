import { z } from "zod";
import type { Clock } from "./clock.ts";

const count = z.number().int().min(1);
const duration = z.number().int().min(0);

const effect = z.discriminatedUnion("kind", [
  /** Answered with this status, and not carried out. */
  z.strictObject({
    kind: z.literal("status"),
    status: z.number().int().min(200).max(599),
    body: z.json().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  /** Never answered, and not carried out. */
  z.strictObject({ kind: z.literal("timeout") }),
  /** Carried out so many milliseconds later, by the machine's clock. */
  z.strictObject({ kind: z.literal("slow"), milliseconds: duration }),
  /** Carried out, but the connection ends without an answer. */
  z.strictObject({ kind: z.literal("lost") }),
  /**
   * Carried out and answered; reads of the Management API do not see it for so many reads, or milliseconds by the
   * tenant's clock, whichever ends first. `in` names the operations that are late; all reads unless given.
   */
  z
    .strictObject({
      kind: z.literal("late"),
      reads: count.optional(),
      milliseconds: duration.optional(),
      in: z.array(z.string()).optional(),
    })
    .refine(({ reads, milliseconds }) => reads !== undefined || milliseconds !== undefined, {
      error: "needs `reads` or `milliseconds`: how long it is late",
    }),
  /** For a read of an action: its build is still going on. */
  z.strictObject({ kind: z.literal("building") }),
  /** For a read of an action: its build has failed. */
  z.strictObject({ kind: z.literal("build-failed") }),
]);

/** What a fault does to a request. */
export type Effect = z.infer<typeof effect>;

/** A fault: which calls, from which of them on, how many, and what happens to them. */
export const faultShape = z.strictObject({
  /** Name in the call log, such as `createRole`. */
  operation: z.string().min(1).optional(),
  method: z.string().min(1).optional(),
  /** From the root, percent-encoded, without the query; `*` stands for any text. */
  path: z.string().startsWith("/").optional(),
  /** Which of the matching calls is the first that fails: 1 unless given. */
  nth: count.default(1),
  /** How many matching calls fail from there: 1 unless given, `null` for all. */
  times: count.nullable().default(1),
  /** In place of `times`: how long matching calls fail, in milliseconds of the tenant's clock from the first that did. */
  milliseconds: duration.optional(),
  effect,
});

/** As it is written, with defaults left out. */
export type Fault = z.input<typeof faultShape>;

/** A fault in force. */
export type FaultState = z.infer<typeof faultShape> & {
  readonly id: number;
  /** How many calls matched so far, and how many of them it has hit. */
  readonly matched: number;
  readonly hits: number;
  /** When it first hit, in milliseconds since the epoch; absent before. */
  readonly since?: number;
};

/** The faults of a tenant. */
export interface Faults {
  /** Adds a fault behind those that are there. Throws for one that is not of the shape. */
  add(fault: Fault): FaultState;
  /** Those that are added and not cleared, used up ones too, in their order. */
  list(): readonly FaultState[];
  /** Takes all faults away, lets go of what they hold, and shows what they kept late. */
  clear(): void;
}

/** A call that a fault may hit. */
export interface Hit {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
}

/** Faults and whose turn it is. */
export interface FaultScript {
  add(fault: Fault): FaultState;
  list(): readonly FaultState[];
  clear(): void;
  /** Counts a call at every fault that it matches; the effect of the first of them whose turn it is. */
  hit(call: Hit): Effect | undefined;
}

/** An empty script, whose times are of `clock`. */
export function createFaultScript(clock: Clock): FaultScript {
  let faults: FaultState[] = [];
  let added = 0;
  return {
    add: (fault) => {
      const state = { ...faultShape.parse(fault), id: ++added, matched: 0, hits: 0 };
      faults.push(state);
      return state;
    },
    list: () => [...faults],
    clear: () => {
      faults = [];
    },
    hit: (call) => {
      let chosen: Effect | undefined;
      faults = faults.map((fault) => {
        if (!matches(fault, call)) return fault;
        const matched = fault.matched + 1;
        if (chosen || matched < fault.nth || isOver(fault, clock.now())) return { ...fault, matched };
        chosen = fault.effect;
        return { ...fault, matched, hits: fault.hits + 1, since: fault.since ?? clock.now() };
      });
      return chosen;
    },
  };
}

const isOver = ({ times, milliseconds, hits, since = Number.POSITIVE_INFINITY }: FaultState, now: number) =>
  milliseconds === undefined ? times !== null && hits >= times : now >= since + milliseconds;

const matches = ({ operation, method, path }: FaultState, call: Hit) =>
  (operation === undefined || operation === call.operation) &&
  (method === undefined || method.toUpperCase() === call.method) &&
  (path === undefined || pattern(path).test(call.path));

const pattern = (path: string) => new RegExp(`^${path.split("*").map(RegExp.escape).join(".*")}$`);
