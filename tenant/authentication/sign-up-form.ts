import type { Context } from "hono";
import type { TenantContext } from "../context.ts";
import type { Connection } from "../entities.ts";
import { isDatabase } from "./connections.ts";
import { OAuthError, PageError, SignUpError } from "./errors.ts";
import { renderSignUp } from "./login-pages.ts";
import { respondPage } from "./page.ts";
import {
  completeLogin,
  type PendingLogin,
  pendingLogin,
  requireConnection,
  usableConnections,
} from "./pending-login.ts";
import { factsOf, readParameters } from "./request.ts";
import { signUp } from "./sign-up.ts";

/** `GET /u/signup` */
export function showSignUp(context: TenantContext, c: Context): Response | Promise<Response> {
  const pending = pendingLogin(context, c, c.req.query("state"));
  const view = { client: pending.callback.client, state: pending.state };
  const username = pending.parameters.login_hint;
  return respondPage(c, renderSignUp({ ...view, username }, databaseOf(context, pending)));
}

/** `POST /u/signup`: fields `state`, `connection`, `email`, `username`, `password`. To the callback, or the page again. */
export async function submitSignUp(context: TenantContext, c: Context): Promise<Response> {
  const fields = await readParameters(c.req);
  const pending = pendingLogin(context, c, fields.state);
  const connection = requireConnection(context, pending, fields.connection);
  const { state, callback } = pending;
  const { email, username, password } = fields;
  const { client } = callback;
  try {
    const sent = {
      client_id: client.client_id,
      connection: connection.name,
      email,
      password,
      ...(username !== undefined && { username }),
    };
    const { _id } = await signUp(context, sent, factsOf(c.req, {}));
    const user = context.store.users.get(`auth0|${_id}`);
    if (!user) throw new PageError(400, "The user has been deleted meanwhile.");
    return await completeLogin(context, c, pending, connection, user);
  } catch (error) {
    const page = (text: string) => renderSignUp({ client, state, username: email, error: text }, connection);
    if (error instanceof SignUpError) return respondPage(c, page(error.forPeople), 400);
    if (error instanceof OAuthError) return respondPage(c, page(error.message), 400);
    throw error;
  }
}

function databaseOf(context: TenantContext, pending: PendingLogin): Connection {
  const found = usableConnections(context, pending).find(isDatabase);
  if (!found) throw new PageError(400, "This application has no database to sign up at.");
  return found;
}
