// The control API: what tests and tools of other languages do with a tenant that code does with `Tenant`.

import type { Call } from "../call-log.ts";
import type { LogEntry } from "../entities.ts";
import type { Listeners } from "../listeners.ts";
import type { Tenant } from "../tenant.ts";

/** What the control API works on. */
export interface Controlled {
  readonly tenant: Tenant;
  readonly calls: Listeners<Call>;
  readonly logs: Listeners<LogEntry>;
}

/** The control API of one tenant. */
export interface Control {
  fetch(request: Request): Promise<Response>;
  /** Ends the streams that are open. */
  close(): void;
}

/** Whether a request is for the control API: Auth0 has no path that begins with a dot but `/.well-known`. */
export const isControl = ({ url }: Request): boolean =>
  url.includes("/.tenant") && /^\/\.tenant(\/|$)/.test(new URL(url).pathname);

/** The control API; its routes are loaded when it is first asked. */
export function createControl(controlled: Controlled): Control {
  const ending = new AbortController();
  let routes: Promise<(request: Request) => Response | Promise<Response>> | undefined;
  return {
    fetch: async (request) => {
      routes ??= import("./routes.ts").then(({ controlRoutes }) => controlRoutes(controlled, ending.signal));
      return (await routes)(request);
    },
    close: () => ending.abort(),
  };
}
