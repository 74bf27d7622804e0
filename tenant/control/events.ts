import type { Controlled } from "./index.ts";

/**
 * Calls and entries of the tenant's log from now on, as they happen: one JSON object a line, `{"type":"ready"}` first,
 * then `{"type":"call","call":…}` and `{"type":"log","entry":…}`. Ends when the reader goes or `ending` is aborted.
 */
export function eventStream({ calls, logs }: Controlled, ending: AbortSignal): Response {
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const send = (event: unknown) => controller.enqueue(Buffer.from(`${JSON.stringify(event)}\n`));
      const ends = [
        calls.add((call) => send({ type: "call", call })),
        logs.add((entry) => send({ type: "log", entry })),
      ];
      const close = () => {
        stop();
        controller.close();
      };
      stop = () => {
        for (const end of ends) end();
        ending.removeEventListener("abort", close);
      };
      ending.addEventListener("abort", close);
      send({ type: "ready" });
    },
    cancel: () => stop(),
  });
  return new Response(body, {
    headers: { "content-type": "application/x-ndjson", "cache-control": "no-store" },
  });
}
