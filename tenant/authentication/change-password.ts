import type { Context } from "hono";
import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { User } from "../entities.ts";
import type { PasswordTicket } from "../login-entities.ts";
import { passwordChange, passwordRefusal } from "../password-policy.ts";
import { findUser } from "../users.ts";
import { databaseOf } from "./connections.ts";
import { invalidRequest, PageError } from "./errors.ts";
import { tokenHash } from "./opaque-tokens.ts";
import { respondPage } from "./page.ts";
import { renderDone, renderNewPassword } from "./password-pages.ts";
import { startPostChangePassword } from "./password-policies.ts";
import { factsOf, readBody, readParameters } from "./request.ts";

/** Milliseconds: five days. */
const LIFETIME = 5 * 24 * 60 * 60 * 1000;

const changeBody = z.object({
  client_id: z.string().min(1),
  connection: z.string().min(1),
  email: z.string().min(1).optional(),
  username: z.string().min(1).optional(),
});

/**
 * `POST /dbconnections/change_password`: a mail with a link, whether or not there is such a user. The local tenant sends
 * none; the entry `scpr` of its log has the link.
 * @see Auth0 docs, api/authentication, change password
 */
export async function changePassword(context: TenantContext, c: Context): Promise<Response> {
  const { data: body, error } = changeBody.safeParse(await readBody(c.req));
  if (!body) throw invalidRequest(`${error.issues[0]?.path.join(".")} is required`);
  const { client_id, connection: name, email, username } = body;
  if (email === undefined && username === undefined) throw invalidRequest("email is required");
  const client = context.store.clients.get(client_id);
  if (!client || client.global) throw invalidRequest(`Unknown client: ${client_id}`);
  const connection = databaseOf(context, client, name);
  const user = findUser(context, connection.name, { email, username });
  if (user) issueTicket(context, client_id, user);
  return c.text("We've just sent you an email to reset your password.");
}

function issueTicket(context: TenantContext, client_id: string, { user_id, email }: User): void {
  const { store, ids, clock, issuer } = context;
  const ticket = ids.secret(32);
  const expires_at = clock.now() + LIFETIME;
  store.password_tickets.insert({ ticket_hash: tokenHash(ticket), user_id, client_id, expires_at });
  context.log({
    type: "scpr",
    client_id,
    user_id,
    ...(email !== undefined && { user_name: email }),
    details: { ticket: `${issuer}u/reset-password?${new URLSearchParams({ ticket })}` },
  });
}

/** `GET /u/reset-password` */
export function showNewPassword(context: TenantContext, c: Context): Response | Promise<Response> {
  const ticket = c.req.query("ticket") ?? "";
  findTicket(context, ticket);
  return respondPage(c, renderNewPassword(ticket));
}

/** `POST /u/reset-password`: fields `ticket`, `password`. The user's sessions end, his address counts as verified. */
export async function submitNewPassword(context: TenantContext, c: Context): Promise<Response> {
  const { ticket = "", password = "" } = await readParameters(c.req);
  const { store, clock } = context;
  const { ticket_hash, user_id, client_id } = findTicket(context, ticket);
  const user = store.users.get(user_id);
  const home = user && store.connections.first({ name: user.identities[0].connection });
  if (!user || !home) throw unusable();
  const refusal = passwordRefusal(home, user, password);
  if (refusal) return respondPage(c, renderNewPassword(ticket, refusal.message), 400);
  store.transaction(() => {
    store.password_tickets.delete(ticket_hash);
    store.sessions.deleteWhere({ user_id });
    store.users.replace({
      ...user,
      ...passwordChange(home, user, password),
      ...(user.email !== undefined && { email_verified: true }),
      last_password_reset: clock.iso(),
      updated_at: clock.iso(),
    });
  });
  context.log({ type: "scp", client_id, user_id, connection: home.name });
  startPostChangePassword(context, user_id, { connection: home, request: factsOf(c.req, {}) });
  return respondPage(c, renderDone("Your password has been changed."));
}

function findTicket({ store, clock }: TenantContext, ticket: string): PasswordTicket {
  const found = store.password_tickets.get(tokenHash(ticket));
  if (!found || found.expires_at <= clock.now()) throw unusable();
  return found;
}

const unusable = () => new PageError(400, "This link has been used, or is too old.");
