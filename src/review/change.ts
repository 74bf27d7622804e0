// What a change of access is: one difference between two states of an estate, with all that reports and gates need.
import type { Permission } from "../model/access-model.ts";
import type { Risk } from "../model/declarations.ts";
import type { Span } from "../model/source.ts";
import type { Phrase } from "./phrase.ts";
import type { Holder, Reason } from "./reason.ts";

/**
 * Which way access goes: somebody can do more, or a control is weaker; what runs at registration and login is another; it is
 * another, neither more nor less; somebody can do less. In the order of danger.
 */
export const effects = ["wider", "flow", "changed", "narrower"] as const;
export type Effect = (typeof effects)[number];

/** What a change is about, as a stable name; docs/review.md explains each. In the order reports have them. */
export const changeKinds = [
  // what a law of the base forbids, and what cannot be judged
  "breach",
  "unjudged",
  // who can do what
  "permission",
  "claim",
  "group-role",
  "group-source",
  "allowed-roles",
  "connection",
  "group",
  "role",
  "client",
  // APIs: how tokens for them are got
  "rbac",
  "user-grants",
  "offline-access",
  "token-lifetime",
  "identifier",
  "api",
  "scope",
  "risk",
  // clients: who they are, and where tokens are sent
  "client-type",
  "authentication",
  "public-key",
  "callback",
  "logout-url",
  "metadata",
  // what runs
  "policy",
  "setting",
  "order",
  "failure",
  "operation",
  "host",
  "dependency",
  "external-action",
  "code",
  // stages
  "stage-value",
  "stack",
  // controls
  "guardrail",
  "approval",
  "protection",
  "promotion",
  "accepted-warning",
  "review-date",
  "owner",
  "name",
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Something that has a file or a place of its own. */
export type Thing =
  | Holder
  | {
      readonly kind: "api" | "flow" | "stack" | "stage-value" | "guardrails" | "accepted-warnings" | "locks";
      readonly key: string;
    };

/** One difference between two states. */
export interface Change {
  readonly effect: Effect;
  readonly kind: ChangeKind;
  readonly risk: Risk;
  /** What is said of it, subject first, one line. */
  readonly sentence: Phrase;
  /** What it is about, the first above all: their owners are asked. Keys are the head's, where it has the thing. */
  readonly things: readonly [Thing, ...Thing[]];
  /** For `permission` and `claim`: what can be done. */
  readonly permission?: Permission;
  /** For `permission` and `claim`: all that gain or lose it, those that have it by themselves first. */
  readonly holders?: readonly Holder[];
  /** The value before and after, where one thing takes the place of another; or the one that is gone or new. */
  readonly before?: string;
  readonly after?: string;
  /** For what runs: the policy. */
  readonly policy?: string;
  /** The key in the file that says it, where it is not the value itself. */
  readonly key?: string;
}

/** A change with what only the files tell, and what the base says of it. */
export interface ReviewedChange extends Change {
  /** The owners of what changed, as the base has them; sorted. */
  readonly asks: readonly string[];
  /** True if a guardrail of the base forbids it, or wants an approval that the base does not have. */
  readonly unapproved: boolean;
  /** The line that makes it so: in the head, or in the base for what is gone. */
  readonly at: Span;
  readonly side: "base" | "head";
  /** For `permission`: why the first of the holders has it, or had it. */
  readonly via: readonly Reason[];
}

/** The place of a change in the order of reports. */
export function compareChanges(a: Change, b: Change): number {
  return (
    effects.indexOf(a.effect) - effects.indexOf(b.effect) ||
    risks.indexOf(a.risk) - risks.indexOf(b.risk) ||
    changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind)
  );
}

const risks: readonly Risk[] = ["high", "medium", "low"];

/** The higher of them; low if there are none. */
export function highestRisk(all: readonly Risk[]): Risk {
  return risks.find((each) => all.includes(each)) ?? "low";
}
