import type { Context } from "hono";
import type { TenantContext } from "./context.ts";

/** What the call log learns of the caller while a request is answered. */
export interface Noted {
  clientId?: string;
  scopesUsed: readonly string[];
}

/** Answers a request and notes the call; the path without its query, which may name people. `answer` never throws. */
export async function noteCall(
  context: TenantContext,
  { req }: Context,
  operation: string,
  answer: (noted: Noted) => Promise<Response>,
): Promise<Response> {
  const at = context.clock.iso();
  const started = performance.now();
  const noted: Noted = { scopesUsed: [] };
  const response = await answer(noted);
  context.calls.record({
    at,
    operation,
    method: req.method,
    path: new URL(req.url).pathname,
    status: response.status,
    milliseconds: performance.now() - started,
    ...noted,
  });
  return response;
}
