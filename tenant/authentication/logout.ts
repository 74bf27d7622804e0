import type { Context } from "hono";
import type { TenantContext } from "../context.ts";
import { tenantSettings } from "./connections.ts";
import { clearSessionId, sessionIdOf } from "./cookies.ts";
import { PageError } from "./errors.ts";

/**
 * `GET /v2/logout`: ends the browser's session and goes to `returnTo`, which must be among the allowed logout URLs of the
 * client, or without `client_id` of the tenant; a `PageError` (400) otherwise.
 */
export function logout(context: TenantContext, c: Context): Response {
  const { returnTo, client_id } = c.req.query();
  if (returnTo !== undefined && !allowedLogoutUrls(context, client_id).includes(returnTo))
    throw new PageError(
      400,
      `The "returnTo" querystring parameter "${returnTo}" is not defined as a valid URL.`,
    );
  const sessionId = sessionIdOf(c);
  const session = sessionId === undefined ? undefined : context.store.sessions.get(sessionId);
  if (session) {
    context.store.sessions.delete(session.session_id);
    context.log({ type: "slo", user_id: session.user_id });
  }
  clearSessionId(c);
  return returnTo === undefined ? c.text("OK") : c.redirect(returnTo);
}

function allowedLogoutUrls(context: TenantContext, clientId: string | undefined): readonly string[] {
  const urls =
    clientId === undefined
      ? tenantSettings(context).allowed_logout_urls
      : context.store.clients.get(clientId)?.allowed_logout_urls;
  return Array.isArray(urls) ? urls.map(String) : [];
}
