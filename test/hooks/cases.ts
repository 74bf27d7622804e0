// Tables of cases: who comes, what comes in, and what must come out in every lane.
import type { FlowName } from "../../src/model/flows.ts";
import type { Step } from "../../src/policy/policy.ts";
import type { EventParts } from "../../src/policy/testing.ts";

/** A call of the Management API: its operation, and what it was given; roles by `rol_<key>`. */
export interface Call {
  readonly operation: string;
  readonly input: unknown;
}

/** What a flow came to. Absent is what did not happen. */
export interface Outcome {
  readonly denied?: string;
  readonly accessToken?: Readonly<Record<string, unknown>>;
  readonly idToken?: Readonly<Record<string, unknown>>;
  readonly appMetadata?: Readonly<Record<string, unknown>>;
  readonly userMetadata?: Readonly<Record<string, unknown>>;
  /** Scopes of a machine's token, if they are others than it is granted. */
  readonly scopes?: readonly string[];
  readonly calls?: readonly Call[];
  /** Lines on the console. */
  readonly console?: readonly string[];
}

/** An answer over HTTP, in place of the tenant's or as the company's API. */
export interface Answer {
  readonly status: number;
  /** JSON unless it is text. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** As the body of an answer: it comes after three seconds, when policies no longer wait for it. */
export const late = "<late>";

/** The ways to run a flow. */
export const lanes = ["source", "hook or rule", "action"] as const;
export type LaneName = (typeof lanes)[number];

/** What cannot be the same in a lane, and why; without `out` the lane cannot run the case at all. */
export interface Difference {
  readonly because: string;
  readonly out?: Outcome;
}

export interface Case<Flow extends FlowName = FlowName> {
  /** A fact in the present tense: who comes, and what becomes of it. */
  readonly who: string;
  /** The parts of the event that matter. */
  readonly comes?: EventParts<Flow>;
  /** Other settings than the table's. */
  readonly steps?: Steps<Flow>;
  /** Answers in place of the tenant's, by operation, one call after the other. */
  readonly management?: Readonly<Record<string, readonly Answer[]>>;
  /** The company's API: its answer, or `down` where nobody listens. */
  readonly company?: Answer | "down";
  readonly out: Outcome;
  readonly differs?: Partial<Record<LaneName, Difference>>;
}

/** Policies by their names, in the order they run. */
export type Steps<Flow extends FlowName> = readonly (readonly [policy: string, step: Step<Flow>])[];

export interface Table<Flow extends FlowName = FlowName> {
  /** The policy that the table is about. */
  readonly policy: string;
  readonly flow: Flow;
  readonly steps: Steps<Flow>;
  readonly cases: readonly Case<Flow>[];
}

/** The table; its flow tells what cases may hold. */
export function table<Flow extends FlowName>(of: Table<Flow>): Table {
  return of as unknown as Table; // only the cases' own flow runs them
}

/** Claims of that namespace. */
export const claims = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${stageValues.claimNamespace}${name}`, value]),
  );

/** The same claims in both tokens. */
export const inBothTokens = (values: Readonly<Record<string, unknown>>) => ({
  accessToken: claims(values),
  idToken: claims(values),
});

/** What the stack gives; the company's API is added by the world that runs the case. */
export const stageValues = {
  claimNamespace: "https://claims.test/",
  emailHashKey: "k3y",
  chatKey: "the widget's own key, long enough",
  off: "false",
  on: "true",
};

/** Stands in outcomes for a time, which is another in each run. */
export const aTime = "<time>";

/** Why the source does not run cases that types rule out. */
export const adapted = {
  source: { because: "types rule it out, and adapters see to it that no policy sees it" },
};
