import type { Context } from "hono";
import { html } from "hono/html";
import type { TenantContext } from "../context.ts";
import type { Client, Connection, User } from "../entities.ts";
import type { Session } from "../login-entities.ts";
import { answerCallback } from "./answer-callback.ts";
import { connectionOf } from "./connections.ts";
import { agree, openWish, type Wish } from "./consents.ts";
import { sessionIdOf } from "./cookies.ts";
import { PageError } from "./errors.ts";
import { finishLogin } from "./finish-login.ts";
import { type Page, renderPage, respondPage } from "./page.ts";
import { type PendingLogin, pendingLogin } from "./pending-login.ts";
import { factsOf, readParameters } from "./request.ts";
import { findSession } from "./sessions.ts";

/** `GET /u/consent`: what a third-party client wants, for the person who has just logged in. */
export function showConsent(context: TenantContext, c: Context): Response | Promise<Response> {
  const pending = pendingLogin(context, c, c.req.query("state"));
  const { user } = loggedIn(context, c, pending);
  const { client } = pending.callback;
  const wish = openWish(context, client, user, pending.parameters);
  if (!wish) throw new PageError(400, "There is nothing to agree to.");
  return respondPage(c, renderConsent(client, pending.state, wish));
}

/** `POST /u/consent`: fields `state`, `action` (`accept`; anything else declines). To the callback. */
export async function submitConsent(context: TenantContext, c: Context): Promise<Response> {
  const fields = await readParameters(c.req);
  const pending = pendingLogin(context, c, fields.state);
  const login = loggedIn(context, c, pending);
  const { callback, parameters, state } = pending;
  const wish = openWish(context, callback.client, login.user, parameters);
  context.store.login_transactions.delete(state);
  if (fields.action !== "accept") {
    const error_description = "User did not authorize the request";
    return answerCallback(c, callback, { error: "access_denied", error_description });
  }
  if (wish) agree(context, callback.client, login.user, wish);
  const request = factsOf(c.req, { query: parameters });
  return answerCallback(c, callback, await finishLogin(context, { callback, parameters, request, ...login }));
}

/** Who has logged in for this very request; a `PageError` (400) if nobody has, or somebody else has since. */
function loggedIn(
  context: TenantContext,
  c: Context,
  { callback, sessionId }: PendingLogin,
): { readonly session: Session; readonly user: User; readonly connection: Connection } {
  const session = sessionId === sessionIdOf(c) ? findSession(context, sessionId) : undefined;
  const user = session && context.store.users.get(session.user_id);
  const connection = session && connectionOf(context, callback.client, session.connection);
  if (!user || !connection)
    throw new PageError(400, "Nobody is logged in. Start again from the application.");
  return { session, user, connection };
}

function renderConsent(client: Client, state: string, { audience, scopes }: Wish): Page {
  return renderPage(
    "Authorize App",
    html`<p>${client.name} is requesting access to your account${audience === "" ? "" : ` at ${audience}`}.</p>
      <ul>${scopes.map((scope) => html`<li>${scope}</li>`)}</ul>
      <form method="post" action="/u/consent">
        <input type="hidden" name="state" value="${state}">
        <button name="action" value="accept">Accept</button>
        <button name="action" value="decline" class="button">Decline</button>
      </form>`,
  );
}
