import type { Context } from "hono";
import type { TenantContext } from "../context.ts";
import { answerCallback } from "./answer-callback.ts";
import { callbackOf } from "./authorization-request.ts";
import { connectionOf } from "./connections.ts";
import { sessionIdOf } from "./cookies.ts";
import { PageError } from "./errors.ts";
import { finishLogin } from "./finish-login.ts";
import { takeWaitingLogin } from "./login-redirects.ts";
import { factsOf, type Parameters, queryParameters, readParameters } from "./request.ts";
import { findSession } from "./sessions.ts";

/**
 * `GET` and `POST /continue?state=…`: goes on with a login that a policy interrupted by a redirect. The policies find query
 * and body of this request; then the answer goes to the application's callback.
 * @see Auth0 docs, customize/rules/redirect-users
 */
export async function continueLogin(context: TenantContext, c: Context): Promise<Response> {
  const query = queryParameters(c.req);
  const body: Parameters = c.req.method === "POST" ? await readParameters(c.req) : {};
  const state = query.state ?? body.state;
  if (state === undefined) throw new PageError(400, "invalid_request: missing state");
  const sessionId = sessionIdOf(c);
  const waiting = takeWaitingLogin(context, state, sessionId);
  const session = findSession(context, sessionId);
  const user = session && context.store.users.get(session.user_id);
  if (!waiting || !user) throw new PageError(400, "invalid_request: this login has expired or was continued");
  const { parameters, resumed } = waiting;
  // Looked up again: client, callback and connection may have changed while the person was away.
  const callback = callbackOf(context, parameters);
  const connection = connectionOf(context, callback.client, session.connection);
  if (!connection) throw new PageError(400, "This application does not have that connection.");
  const request = factsOf(c.req, { query, body });
  const login = { callback, parameters, user, connection, session, request, resumed };
  return answerCallback(c, callback, await finishLogin(context, login));
}
