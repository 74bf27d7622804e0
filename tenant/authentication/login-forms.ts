import type { Context } from "hono";
import type { TenantContext } from "../context.ts";
import { isDatabase } from "./connections.ts";
import { verifyCredentials } from "./credentials.ts";
import { OAuthError, PageError } from "./errors.ts";
import { renderLogin, renderSocial } from "./login-pages.ts";
import { type Page, respondPage } from "./page.ts";
import {
  completeLogin,
  type PendingLogin,
  pendingLogin,
  requireConnection,
  usableConnections,
} from "./pending-login.ts";
import { readParameters } from "./request.ts";
import { signInSocially } from "./social-users.ts";

/** `GET /u/login` */
export function showLogin(context: TenantContext, c: Context): Response | Promise<Response> {
  const pending = pendingLogin(context, c, c.req.query("state"));
  return respondPage(c, loginPage(context, pending, { username: pending.parameters.login_hint }));
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
    if (user) return await completeLogin(context, c, pending, connection, user);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return respondPage(c, loginPage(context, pending, { username, error: error.message }), 403);
  }
  const { client_id } = pending.callback.client;
  context.log({ type: "fp", client_id, connection: connection.name, user_name: username });
  return respondPage(c, loginPage(context, pending, { username, error: "Wrong email or password." }), 400);
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
  return respondPage(c, renderSocial(view, connection));
}

/** `POST /u/social`: fields `state`, `connection`, `email`, `name`. */
export async function submitSocial(context: TenantContext, c: Context): Promise<Response> {
  const fields = await readParameters(c.req);
  const pending = pendingLogin(context, c, fields.state);
  const connection = requireConnection(context, pending, fields.connection);
  if (isDatabase(connection)) throw new PageError(400, `"${connection.name}" asks for a password.`);
  const user = signInSocially(context, connection, { email: fields.email, name: fields.name });
  if (user) return completeLogin(context, c, pending, connection, user);
  const view = { client: pending.callback.client, state: pending.state, username: fields.email };
  return respondPage(c, renderSocial({ ...view, error: "That is no e-mail address." }, connection), 400);
}

function loginPage(
  context: TenantContext,
  pending: PendingLogin,
  view: { readonly username?: string | undefined; readonly error?: string },
): Page {
  const shown = usableConnections(context, pending);
  const { callback, state } = pending;
  return renderLogin({ client: callback.client, state, ...view }, shown);
}
