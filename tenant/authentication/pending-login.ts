import type { Context } from "hono";
import type { TenantContext } from "../context.ts";
import type { Connection, User } from "../entities.ts";
import { answerCallback } from "./answer-callback.ts";
import { type Callback, callbackOf } from "./authorization-request.ts";
import { connectionsOf } from "./connections.ts";
import { openWish } from "./consents.ts";
import { knownBrowserId, setSessionId } from "./cookies.ts";
import { PageError } from "./errors.ts";
import { finishLogin } from "./finish-login.ts";
import { countLogin } from "./login.ts";
import { findTransaction } from "./login-transactions.ts";
import { connectionsIn, findOrganization } from "./organizations.ts";
import { factsOf, type Parameters } from "./request.ts";
import { createSession } from "./sessions.ts";

/** A login page that a person has open. */
export interface PendingLogin {
  readonly state: string;
  /** Those of /authorize. */
  readonly parameters: Parameters;
  readonly callback: Callback;
  /** Of the person who has logged in, where only his consent is missing. */
  readonly sessionId: string | undefined;
}

/** The login that a page's `state` belongs to; a `PageError` (400) if there is none in this browser. */
export function pendingLogin(context: TenantContext, c: Context, state: string | undefined): PendingLogin {
  const transaction = findTransaction(context, state, knownBrowserId(c));
  const { parameters, session_id: sessionId } = transaction;
  // Looked up again: client and callback may have changed while the page was open.
  return { state: transaction.state, parameters, callback: callbackOf(context, parameters), sessionId };
}

/** The connections by which this login can go: the client's, the organization's, the one that /authorize named. */
export function usableConnections(
  context: TenantContext,
  { callback, parameters }: Pick<PendingLogin, "callback" | "parameters">,
): readonly Connection[] {
  const { connection: named, organization: id } = parameters;
  const organization = id === undefined ? undefined : findOrganization(context, id);
  return connectionsIn(context, organization, connectionsOf(context, callback.client)).filter(
    ({ name }) => named === undefined || name === named,
  );
}

/** The usable connection of this name; a `PageError` (400) without one. */
export function requireConnection(
  context: TenantContext,
  { callback, parameters }: Pick<PendingLogin, "callback" | "parameters">,
  name: string | undefined,
): Connection {
  const connection = usableConnections(context, { callback, parameters }).find(
    (usable) => usable.name === name,
  );
  if (!connection) throw new PageError(400, "This application does not have that connection.");
  return connection;
}

/** Gives the person a session and sends him to the callback, or first to the page where he agrees to what a client wants. */
export async function completeLogin(
  context: TenantContext,
  c: Context,
  { state, parameters, callback }: PendingLogin,
  connection: Connection,
  known: User,
): Promise<Response> {
  const request = factsOf(c.req, { query: parameters });
  const user = countLogin(context, known, request);
  const session = createSession(context, { client: callback.client, connection, user });
  setSessionId(c, session.session_id);
  if (openWish(context, callback.client, user, parameters)) {
    const transaction = findTransaction(context, state, knownBrowserId(c));
    context.store.login_transactions.replace({ ...transaction, session_id: session.session_id });
    return c.redirect(`/u/consent?${new URLSearchParams({ state })}`);
  }
  context.store.login_transactions.delete(state);
  const login = { callback, parameters, user, connection, session, request };
  return answerCallback(c, callback, await finishLogin(context, login));
}
