import type { Context } from "hono";
import type { TenantContext } from "../context.ts";
import type { Connection, LoginTransaction, User } from "../entities.ts";
import { type Callback, callbackOf } from "./authorization-request.ts";
import { connectionOf, connectionsOf, isDatabase } from "./connections.ts";
import { knownBrowserId, setSessionId } from "./cookies.ts";
import { verifyCredentials } from "./credentials.ts";
import { OAuthError, PageError } from "./errors.ts";
import { finishLogin } from "./finish-login.ts";
import { countLogin } from "./login.ts";
import { renderLogin, renderSocial } from "./login-pages.ts";
import { findTransaction } from "./login-transactions.ts";
import { type Page, pageHeaders } from "./page.ts";
import { factsOf, type Parameters, readParameters } from "./request.ts";
import { createSession } from "./sessions.ts";
import { signInSocially } from "./social-users.ts";

/** `GET /u/login` */
export function showLogin(context: TenantContext, c: Context): Response | Promise<Response> {
  const pending = pendingLogin(context, c, c.req.query("state"));
  return respond(c, loginPage(context, pending, { username: pending.parameters.login_hint }));
}

/** `POST /u/login`: fields `state`, `connection`, `username`, `password`. To the callback, or the page again. */
export async function submitLogin(context: TenantContext, c: Context): Promise<Response> {
  const fields = await readParameters(c.req);
  const pending = pendingLogin(context, c, fields.state);
  const connection = requireConnection(context, pending, fields.connection);
  const { username = "", password = "" } = fields;
  if (!isDatabase(connection)) throw new PageError(400, `"${connection.name}" has no passwords.`);
  try {
    const user = verifyCredentials(context, connection, username, password);
    if (user) return await complete(context, c, pending, connection, user);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return respond(c, loginPage(context, pending, { username, error: error.message }), 403);
  }
  const { client_id } = pending.callback.client;
  context.log({ type: "fp", client_id, connection: connection.name, user_name: username });
  return respond(c, loginPage(context, pending, { username, error: "Wrong email or password." }), 400);
}

/** `GET /u/social` */
export function showSocial(context: TenantContext, c: Context): Response | Promise<Response> {
  const pending = pendingLogin(context, c, c.req.query("state"));
  const connection = requireConnection(context, pending, c.req.query("connection"));
  const view = {
    client: pending.callback.client,
    state: pending.state,
    username: pending.parameters.login_hint,
  };
  return respond(c, renderSocial(view, connection));
}

/** `POST /u/social`: fields `state`, `connection`, `email`, `name`. */
export async function submitSocial(context: TenantContext, c: Context): Promise<Response> {
  const fields = await readParameters(c.req);
  const pending = pendingLogin(context, c, fields.state);
  const connection = requireConnection(context, pending, fields.connection);
  if (isDatabase(connection)) throw new PageError(400, `"${connection.name}" asks for a password.`);
  const user = signInSocially(context, connection, { email: fields.email, name: fields.name });
  if (user) return complete(context, c, pending, connection, user);
  const view = { client: pending.callback.client, state: pending.state, username: fields.email };
  return respond(c, renderSocial({ ...view, error: "That is no e-mail address." }, connection), 400);
}

/** A login page that a person has open. */
interface PendingLogin {
  readonly state: string;
  readonly parameters: Parameters;
  readonly callback: Callback;
}

function pendingLogin(context: TenantContext, c: Context, state: string | undefined): PendingLogin {
  const transaction: LoginTransaction = findTransaction(context, state, knownBrowserId(c));
  const { parameters } = transaction;
  // Looked up again: client and callback may have changed while the page was open.
  return { state: transaction.state, parameters, callback: callbackOf(context, parameters) };
}

function requireConnection(
  context: TenantContext,
  pending: PendingLogin,
  name: string | undefined,
): Connection {
  const connection = connectionOf(context, pending.callback.client, name ?? "");
  if (!connection) throw new PageError(400, "This application does not have that connection.");
  return connection;
}

async function complete(
  context: TenantContext,
  c: Context,
  { state, parameters, callback }: PendingLogin,
  connection: Connection,
  known: User,
): Promise<Response> {
  const request = factsOf(c.req, { query: parameters });
  context.store.login_transactions.delete(state);
  const user = countLogin(context, known, request);
  const session = createSession(context, { client: callback.client, connection, user });
  setSessionId(c, session.session_id);
  return c.redirect(await finishLogin(context, { callback, parameters, user, connection, session, request }));
}

function loginPage(
  context: TenantContext,
  { callback: { client }, state, parameters }: PendingLogin,
  view: { readonly username?: string | undefined; readonly error?: string },
): Page {
  const shown = connectionsOf(context, client).filter(
    ({ name }) => parameters.connection === undefined || name === parameters.connection,
  );
  return renderLogin({ client, state, ...view }, shown);
}

function respond(c: Context, page: Page, status: 200 | 400 | 403 = 200): Response | Promise<Response> {
  return c.html(page, status, pageHeaders);
}
