import type { JsonObject } from "../entities.ts";
import type { ConsoleLine, Effect, Job } from "./protocol.ts";

/** Why an execution has no result. */
export interface Failure {
  /** `error`: the policy threw, rejected, or called back with an error; `crash`: it ended or exhausted its process. */
  readonly kind: "error" | "deadline" | "crash";
  /** The error's class, as in `UnauthorizedError`. */
  readonly name: string;
  /** As Auth0 words it: the error's own message, or the sandbox's. */
  readonly message: string;
  /** Rule or action in which it happened, if known. */
  readonly by?: string;
  /** The error's own fields, such as `code` and `friendlyMessage`. */
  readonly fields: JsonObject;
}

/** One policy of an execution: what it did and how it ended, `not-run` if one before it ended the execution. */
export interface Step {
  readonly name: string;
  readonly outcome: "ok" | "not-run" | Failure["kind"];
  readonly milliseconds: number;
  /** In the order in which it had them. */
  readonly effects: readonly Effect[];
}

/** What a policy printed; `by` is its name. */
export interface PrintedLine extends ConsoleLine {
  readonly by: string;
}

/** One run of policies: what came of it, what they did and printed, how long it took. */
export interface Execution<Value> {
  readonly result:
    | { readonly ok: true; readonly value: Value }
    | { readonly ok: false; readonly failure: Failure };
  /** One for each policy that was given, in order. */
  readonly steps: readonly Step[];
  readonly console: readonly PrintedLine[];
  readonly milliseconds: number;
}

/** The names of a job's policies, in order. */
export function namesOf(job: Job): readonly string[] {
  if (job.kind === "hook") return [job.hook.name];
  return (job.kind === "rules" ? job.rules : job.actions).map(({ name }) => name);
}

/** How many actions stand in front of the one that continues; 0 without a continuation. */
export function skippedBy(job: Job): number {
  if (job.kind !== "actions" || !job.continuation) return 0;
  const { by } = job.continuation;
  return Math.max(
    0,
    job.actions.findIndex(({ name }) => name === by),
  );
}

/** A step for each policy, of what those that came to their end told and of how the execution ended. */
export function stepsOf({
  names,
  ran,
  skipped,
  result,
  milliseconds,
}: {
  readonly names: readonly string[];
  readonly ran: readonly Pick<Step, "milliseconds" | "effects">[];
  readonly skipped: number;
  readonly result: Execution<unknown>["result"];
  readonly milliseconds: number;
}): readonly Step[] {
  // A policy that never came to its end is the one behind the last that did.
  const failed = result.ok ? undefined : (result.failure.by ?? names[skipped + ran.length]);
  return names.map((name, index) => {
    const step = ran[index - skipped];
    if (!result.ok && name === failed)
      return { milliseconds, effects: [], ...step, name, outcome: result.failure.kind };
    return step
      ? { name, outcome: "ok", ...step }
      : { name, outcome: "not-run", milliseconds: 0, effects: [] };
  });
}
