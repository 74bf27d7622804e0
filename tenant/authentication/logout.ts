import type { Context } from "hono";
import type { JWTPayload } from "jose";
import { decodeJwt } from "jose/jwt/decode";
import type { TenantContext } from "../context.ts";
import { bareUrl, isAllowedUrl } from "./allowed-urls.ts";
import { tenantSettings } from "./connections.ts";
import { clearSessionId, sessionIdOf } from "./cookies.ts";
import { PageError } from "./errors.ts";
import { type Parameters, queryParameters, readParameters } from "./request.ts";

/**
 * `GET /v2/logout`: ends the browser's session and goes to `returnTo`, which must be among the allowed logout URLs of the
 * client, or without `client_id` of the tenant, its query left aside; a `PageError` (400) otherwise.
 */
export function logout(context: TenantContext, c: Context): Response {
  const { returnTo, client_id } = queryParameters(c.req);
  const allowed = allowedLogoutUrls(context, client_id);
  if (returnTo !== undefined && !isAllowedUrl(allowed, returnTo) && !isAllowedUrl(allowed, bareUrl(returnTo)))
    throw notAllowed("returnTo", returnTo);
  endSession(context, c);
  return returnTo === undefined ? c.text("OK") : c.redirect(new URL(returnTo).href);
}

/**
 * `GET` and `POST /oidc/logout`: ends the session that the ID token (`id_token_hint`) or `logout_hint` names, or the
 * browser's, and goes to `post_logout_redirect_uri`. A `PageError` (400) where the parameters contradict each other.
 * @see Auth0 docs, authenticate/login/logout/log-users-out-of-auth0; OpenID Connect RP-Initiated Logout 1.0
 */
export async function oidcLogout(context: TenantContext, c: Context): Promise<Response> {
  const parameters = c.req.method === "POST" ? await readParameters(c.req) : queryParameters(c.req);
  const { post_logout_redirect_uri: target, state } = parameters;
  const hint = await hintOf(context, parameters);
  const clientId = parameters.client_id ?? (typeof hint?.aud === "string" ? hint.aud : undefined);
  if (hint && clientId !== hint.aud) throw new PageError(400, "client_id is not that of the id_token_hint.");
  const sessionId = parameters.logout_hint ?? hint?.sid;
  if (hint && parameters.logout_hint !== undefined && hint.sid !== parameters.logout_hint)
    throw new PageError(400, "logout_hint is not the session of the id_token_hint.");
  if (target !== undefined && !isAllowedUrl(allowedLogoutUrls(context, clientId), target))
    throw notAllowed("post_logout_redirect_uri", target);
  const own = sessionIdOf(c);
  if (sessionId !== undefined && own !== undefined && own !== sessionId)
    throw new PageError(400, "The session to end is not the one of this browser.");
  endSession(context, c);
  if (target === undefined) return c.text("OK");
  const url = new URL(target);
  if (state !== undefined) url.searchParams.set("state", state);
  return c.redirect(url.href);
}

/** The claims of an ID token of this tenant, which may have ended; undefined without the parameter. */
async function hintOf(
  context: TenantContext,
  { id_token_hint: token }: Parameters,
): Promise<JWTPayload | undefined> {
  if (token === undefined) return undefined;
  try {
    const ended = decodeJwt(token).exp ?? 0;
    const currentDate = new Date(Math.min(context.clock.now(), ended * 1000 - 1));
    return await context.keys.verify(token, { issuer: context.issuer, currentDate });
  } catch {
    throw new PageError(400, "The id_token_hint is not an ID token of this tenant.");
  }
}

function endSession(context: TenantContext, c: Context): void {
  const id = sessionIdOf(c);
  const session = id === undefined ? undefined : context.store.sessions.get(id);
  if (session) {
    context.store.sessions.delete(session.session_id);
    context.log({ type: "slo", user_id: session.user_id });
  }
  clearSessionId(c);
}

const notAllowed = (parameter: string, url: string) =>
  new PageError(400, `The "${parameter}" querystring parameter "${url}" is not defined as a valid URL.`);

function allowedLogoutUrls(context: TenantContext, clientId: string | undefined): readonly string[] {
  const urls =
    clientId === undefined
      ? tenantSettings(context).allowed_logout_urls
      : context.store.clients.get(clientId)?.allowed_logout_urls;
  return Array.isArray(urls) ? urls.map(String) : [];
}
