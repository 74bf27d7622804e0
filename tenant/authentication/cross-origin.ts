import type { TenantContext } from "../context.ts";
import { isAllowedUrl } from "./allowed-urls.ts";

/** Who may call an endpoint from a page of another origin: anybody, or pages of a client's origins. */
export type CrossOrigin = "anyone" | "clients";

/** Headers that let a page of `origin` read an answer; none where it may not. */
export function crossOriginHeaders(
  context: TenantContext,
  allowed: CrossOrigin,
  origin: string | undefined,
): Readonly<Record<string, string>> {
  if (allowed === "anyone") return { "access-control-allow-origin": "*" };
  if (origin === undefined || !isClientOrigin(context, origin)) return { vary: "Origin" };
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    "access-control-expose-headers":
      "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After",
    vary: "Origin",
  };
}

/** What a browser is told that asks before it calls. */
export const preflightHeaders = (methods: readonly string[]): Readonly<Record<string, string>> => ({
  "access-control-allow-methods": methods.join(", "),
  "access-control-allow-headers": "authorization, auth0-client, content-type, x-requested-with",
  "access-control-max-age": "600",
});

/** Origins that a client names (`web_origins`, `allowed_origins`), and those of its callbacks. */
function isClientOrigin({ store }: TenantContext, origin: string): boolean {
  return store.clients.find().some((client) => {
    const { web_origins = [], allowed_origins = [], callbacks = [] } = client;
    return (
      isAllowedUrl([...web_origins, ...allowed_origins], origin) ||
      callbacks.some((callback) => URL.parse(callback)?.origin === origin && origin !== "null")
    );
  });
}
