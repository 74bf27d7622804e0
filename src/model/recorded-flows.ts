// What hooks/flows.lock keeps of flows: all that reviews have to know without running policies.
import type { Flow, FlowStep, Lane } from "./flows.ts";
import type { Span } from "./source.ts";

/** What a policy's code can do about access, beside calling the Management API; found in its text. */
export const policyPowers = ["deny", "removeScope", "addRole"] as const;
export type PolicyPower = (typeof policyPowers)[number];

/** What is known of the text of a policy. */
export interface PolicySource {
  readonly does: readonly PolicyPower[];
  /** Files of ours that it imports, at any depth; sorted. */
  readonly imports: readonly string[];
}

export interface RecordedStep extends FlowStep, PolicySource {}

/** The code of a flow in one lane, by what tells it apart. */
export interface RecordedBundle {
  readonly lane: Lane;
  readonly bytes: number;
  /** SHA-256, lower-case hex. */
  readonly hash: string;
}

export interface RecordedFlow extends Flow {
  readonly steps: readonly RecordedStep[];
  readonly bundles: readonly RecordedBundle[];
}

/** A file that flows are made of, flows.ts itself and policies; what they import is among them. */
export interface RecordedSource {
  readonly file: string;
  /** SHA-256 of its text, lower-case hex. */
  readonly hash: string;
  readonly at: Span;
}

/** All flows that have a policy, in the order they happen, and the files they are made of, sorted. */
export interface RecordedFlows {
  readonly flows: readonly RecordedFlow[];
  readonly sources: readonly RecordedSource[];
}
