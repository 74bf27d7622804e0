import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "./clock.ts";
import { createFaultScript, type Effect, type Fault, type Faults, type Hit } from "./faults.ts";
import { createLateWrites, undone } from "./late-writes.ts";
import type { Answer } from "./management/request.ts";
import type { RateLimits } from "./rate-limits.ts";
import { refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

/** Carries out an operation of the Management API in one transaction, in the way that the gate wants it. */
export type CarryOut = (work: () => Answer) => Answer;

/** How a request came through. */
export interface Passage {
  /** Absent where the connection is to end without an answer. */
  readonly response?: Response;
  /** What was, or would have been, answered; 0 if it was not carried out either. */
  readonly status: number;
  /** What a fault did to it. */
  readonly fault?: Effect["kind"];
}

/** What every request of an API has to pass: first the plan's rate limits, then the fault script. */
export interface Gate {
  readonly faults: Faults;
  /** Lets a request through to `work`, or not. */
  pass(request: Request, call: Hit, work: (carryOut: CarryOut) => Promise<Response>): Promise<Passage>;
  /** Fills the rate limits and takes the faults away, with all that they hold back. */
  reset(): void;
  /** Keeps nothing late any more: what is stored has been put in the place of what was. */
  forgetLate(): void;
}

/** Thrown to the server where a connection is to end without an answer. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** The gate of a tenant; without `limits` there are none. */
export function createGate(store: Store, clock: Clock, limits: RateLimits | undefined): Gate {
  const script = createFaultScript(clock);
  const late = createLateWrites(store, clock);
  let held = new AbortController();

  const faults: Faults = {
    add: (fault: Fault) => script.add(fault),
    list: () => script.list(),
    clear: () => {
      script.clear();
      late.clear();
      held.abort();
      held = new AbortController();
    },
  };

  /** The transaction of an operation: reads see what is not late, and a fault may bend what is written. */
  const carryOutOf =
    ({ method, operation }: Hit, fault: Effect | undefined): CarryOut =>
    (work) => {
      if (fault?.kind === "late") return late.write(fault, work);
      if (fault?.kind === "building") return withStatus(undone(store, work), "building");
      if (fault?.kind === "build-failed") return withStatus(undone(store, work), "failed");
      return method === "GET" ? late.read(operation, work) : store.transaction(work);
    };

  async function meet(
    fault: Effect,
    request: Request,
    call: Hit,
    work: () => Promise<Response>,
  ): Promise<Passage> {
    switch (fault.kind) {
      case "status": {
        const { status, headers = {}, body } = fault;
        if (WITHOUT_BODY.includes(status)) return answered(new Response(null, { status, headers }));
        if (body !== undefined) return answered(Response.json(body, { status, headers }));
        return answered(refusal(call.path, status, "fault", "A fault script answers", headers));
      }
      case "timeout":
        await aborted(AbortSignal.any([held.signal, request.signal]));
        return { status: 0 };
      case "slow":
        await pause(fault.milliseconds, undefined, { signal: held.signal }).catch(() => {});
        return answered(await work());
      case "lost":
        return { status: (await work()).status };
      default:
        return answered(await work());
    }
  }

  return {
    faults,
    async pass(request, call, work) {
      const verdict = await limits?.count(request, call.path);
      if (verdict && !verdict.allowed)
        return answered(
          refusal(call.path, 429, "too_many_requests", "Global limit has been reached", verdict.headers),
        );
      const fault = script.hit(call);
      const run = () => work(carryOutOf(call, fault));
      const passage = fault
        ? { ...(await meet(fault, request, call, run)), fault: fault.kind }
        : answered(await run());
      for (const [name, value] of Object.entries(verdict?.headers ?? {}))
        passage.response?.headers.set(name, value);
      return passage;
    },
    reset: () => {
      limits?.reset();
      faults.clear();
    },
    forgetLate: () => late.clear(),
  };
}

const WITHOUT_BODY = [204, 205, 304];

const answered = (response: Response): Passage => ({ response, status: response.status });

const withStatus = (answer: Answer, status: string): Answer =>
  typeof answer.body === "object" ? { ...answer, body: { ...answer.body, status } } : answer;

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
