import type { Context } from "hono";
import type { TenantContext } from "../context.ts";
import type { User } from "../entities.ts";
import type { Session } from "../login-entities.ts";
import { answerCallback, answerError } from "./answer-callback.ts";
import { callbackOf, checkAuthorization, promptsOf } from "./authorization-request.ts";
import { connectionOf } from "./connections.ts";
import { openWish } from "./consents.ts";
import { browserIdOf, sessionIdOf } from "./cookies.ts";
import { OAuthError } from "./errors.ts";
import { finishLogin } from "./finish-login.ts";
import { firstPage } from "./first-page.ts";
import { beginTransaction } from "./login-transactions.ts";
import { asksForOrganization, mayEnter, requestedOrganization } from "./organizations.ts";
import { factsOf, type Parameters, queryParameters } from "./request.ts";
import { findSession } from "./sessions.ts";

/**
 * `GET /authorize`: to the callback if the browser has a session that will do, else to the login page, to the sign-up page
 * (`screen_hint=signup`), or with the parameter `connection` to the social page. Errors go to the callback, once it is
 * known to be the client's.
 * @see Auth0 docs, api/authentication, authorization code flow with PKCE
 */
export async function authorize(context: TenantContext, c: Context): Promise<Response> {
  const parameters = queryParameters(c.req);
  const callback = callbackOf(context, parameters);
  const { client } = callback;
  try {
    checkAuthorization(context, client, parameters);
    const prompts = promptsOf(parameters);
    const asks = parameters.organization === undefined && asksForOrganization(client);
    if (asks) {
      if (prompts.includes("none"))
        throw new OAuthError(403, "interaction_required", "An organization has to be chosen");
      const { state } = beginTransaction(context, browserIdOf(context, c), parameters);
      return c.redirect(`/u/organization?${new URLSearchParams({ state })}`);
    }
    const organization = requestedOrganization(context, client, parameters.organization);
    const known = findLogin(context, sessionIdOf(c), parameters);
    const connection = known && connectionOf(context, client, known.session.connection);
    if (connection && mayEnter(context, organization, connection, known.user)) {
      if (openWish(context, client, known.user, parameters)) {
        if (prompts.includes("none")) throw new OAuthError(403, "consent_required", "Consent required");
        const { session_id } = known.session;
        const { state } = beginTransaction(context, browserIdOf(context, c), parameters, session_id);
        return c.redirect(`/u/consent?${new URLSearchParams({ state })}`);
      }
      const request = factsOf(c.req, { query: parameters });
      const login = { callback, parameters, ...known, connection, request };
      return await answerCallback(c, callback, await finishLogin(context, login));
    }
    if (prompts.includes("none")) throw new OAuthError(403, "login_required", "Login required");
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return answerError(c, callback, error);
  }
  return c.redirect(
    firstPage(context, client, beginTransaction(context, browserIdOf(context, c), parameters)),
  );
}

/** The browser's session and its user, unless the request wants a new login, by its connection or its age. */
function findLogin(
  context: TenantContext,
  sessionId: string | undefined,
  parameters: Parameters,
): { readonly session: Session; readonly user: User } | undefined {
  if (promptsOf(parameters).includes("login")) return undefined;
  const session = findSession(context, sessionId);
  const user = session && context.store.users.get(session.user_id);
  if (!user || (parameters.connection ?? session.connection) !== session.connection) return undefined;
  const { max_age } = parameters;
  if (max_age !== undefined && context.clock.seconds() - session.auth_time > Number(max_age))
    return undefined;
  return { session, user };
}
