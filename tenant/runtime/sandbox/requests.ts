import diagnostics from "node:diagnostics_channel";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { Effect } from "../protocol.ts";

type Note = (effect: Effect) => void;

/** Tells each answered request, by fetch or by http, to what `noteNow` gives when the request is made. */
export function onRequest(noteNow: () => Note | undefined): void {
  const notes = new WeakMap<object, Note>();
  const remember = (message: unknown) => {
    const { request } = message as { request: object };
    const note = noteNow();
    if (note) notes.set(request, note);
  };
  const tell = (request: Request, url: string, status = 0) =>
    notes.get(request)?.({
      type: "request",
      name: `${request.method} ${url.replace(/[?#].*$/s, "")}`,
      value: status,
    });

  diagnostics.subscribe("undici:request:create", remember);
  diagnostics.subscribe("undici:request:headers", (message) => {
    const { request, response } = message as UndiciAnswer;
    tell(request, `${request.origin}${request.path}`, response.statusCode);
  });
  diagnostics.subscribe("http.client.request.start", remember);
  diagnostics.subscribe("http.client.response.finish", (message) => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    tell(request, `${request.protocol}//${request.getHeader("host")}${request.path}`, response.statusCode);
  });
}

type Request = object & { readonly method: string };

interface UndiciAnswer {
  readonly request: { readonly origin: string; readonly path: string; readonly method: string };
  readonly response: { readonly statusCode: number };
}
