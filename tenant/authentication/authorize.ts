import type { Context } from "hono";
import type { TenantContext } from "../context.ts";
import type { Session, User } from "../entities.ts";
import { callbackOf, checkAuthorization, errorUrl } from "./authorization-request.ts";
import { connectionOf, isDatabase } from "./connections.ts";
import { browserIdOf, sessionIdOf } from "./cookies.ts";
import { OAuthError } from "./errors.ts";
import { finishLogin } from "./finish-login.ts";
import { beginTransaction } from "./login-transactions.ts";
import { factsOf, type Parameters } from "./request.ts";
import { findSession } from "./sessions.ts";

/**
 * `GET /authorize`: to the callback with a code if the browser has a session, else to the login page, or with the
 * parameter `connection` to the social page. Errors go to the callback, once it is known to be the client's.
 * @see Auth0 docs, api/authentication, authorization code flow with PKCE
 */
export async function authorize(context: TenantContext, c: Context): Promise<Response> {
  const parameters: Parameters = c.req.query();
  const callback = callbackOf(context, parameters);
  const { client } = callback;
  try {
    checkAuthorization(context, client, parameters);
    const known = parameters.prompt === "login" ? undefined : findLogin(context, sessionIdOf(c), parameters);
    const connection = known && connectionOf(context, client, known.session.connection);
    if (connection) {
      const request = factsOf(c.req, { query: parameters });
      return c.redirect(await finishLogin(context, { callback, parameters, ...known, connection, request }));
    }
    if (parameters.prompt === "none") throw new OAuthError(403, "login_required", "Login required");
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return c.redirect(errorUrl(callback, error));
  }
  const { state } = beginTransaction(context, browserIdOf(context, c), parameters);
  const named =
    parameters.connection === undefined ? undefined : connectionOf(context, client, parameters.connection);
  const page =
    named && !isDatabase(named) ? { path: "/u/social", connection: named.name } : { path: "/u/login" };
  const { path, ...query } = page;
  return c.redirect(`${path}?${new URLSearchParams({ state, ...query })}`);
}

/** The browser's session and its user, unless the request names another connection. */
function findLogin(
  context: TenantContext,
  sessionId: string | undefined,
  parameters: Parameters,
): { readonly session: Session; readonly user: User } | undefined {
  const session = findSession(context, sessionId);
  const user = session && context.store.users.get(session.user_id);
  if (!user || (parameters.connection ?? session.connection) !== session.connection) return undefined;
  return { session, user };
}
