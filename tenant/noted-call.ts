import type { Context } from "hono";
import type { TenantContext } from "./context.ts";
import { type CarryOut, NoAnswer } from "./gate.ts";

/** What the call log learns of the caller while a request is answered. */
export interface Noted {
  clientId?: string;
  scopesUsed: readonly string[];
}

/**
 * Lets a request through the gate, answers it and notes the call; the path without its query, which may name people.
 * `answer` never throws; a `NoAnswer` is thrown where a fault ends the connection.
 */
export async function noteCall(
  context: TenantContext,
  { req }: Context,
  operation: string,
  answer: (noted: Noted, carryOut: CarryOut) => Promise<Response>,
): Promise<Response> {
  const at = context.clock.iso();
  const started = performance.now();
  const noted: Noted = { scopesUsed: [] };
  const call = { operation, method: req.method, path: new URL(req.url).pathname };
  const { response, status, fault } = await context.gate.pass(req.raw, call, (carryOut) =>
    answer(noted, carryOut),
  );
  context.calls.record({
    at,
    ...call,
    status,
    milliseconds: performance.now() - started,
    ...noted,
    ...(fault && { fault }),
  });
  if (!response) throw new NoAnswer();
  return response;
}
