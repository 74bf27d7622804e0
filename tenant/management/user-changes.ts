/** How users come into being and change through the Management API: what is taken, refused and derived. */
import { z } from "zod";
import { startPostChangePassword } from "../authentication/password-policies.ts";
import { LOOPBACK, type RequestFacts } from "../authentication/request.ts";
import type { TenantContext } from "../context.ts";
import type { Connection, User } from "../entities.ts";
import { passwordChange, passwordRefusal } from "../password-policy.ts";
import { createUser, findUser as findInConnection, mergeMetadata } from "../users.ts";
import { badRequest, conflict } from "./errors.ts";
import { patched, withoutNulls } from "./patch.ts";
import { findUser } from "./user-lookup.ts";
import { parseBody, strict } from "./validation.ts";

const metadata = z.record(z.string(), z.json());
const profile = {
  email: z.email().nullish(),
  email_verified: z.boolean().optional(),
  username: z.string().min(1).max(128).nullish(),
  phone_number: z
    .string()
    .regex(/^\+[0-9]{1,15}$/)
    .nullish(),
  phone_verified: z.boolean().optional(),
  name: z.string().min(1).max(300).nullish(),
  given_name: z.string().min(1).max(150).nullish(),
  family_name: z.string().min(1).max(150).nullish(),
  nickname: z.string().min(1).max(300).nullish(),
  picture: z.url().nullish(),
  blocked: z.boolean().optional(),
  user_metadata: metadata.optional(),
  app_metadata: metadata.optional(),
};
const password = z.string().min(1);
const creation = strict({
  connection: z.string().min(1),
  user_id: z.string().max(255).regex(/^\S*$/).optional(),
  password: password.optional(),
  verify_email: z.boolean().optional(),
  ...profile,
});
const change = strict({
  connection: z.string().min(1).optional(),
  client_id: z.string().min(1).optional(),
  password: password.nullish(),
  verify_email: z.boolean().optional(),
  verify_phone_number: z.boolean().optional(),
  verify_password: z.boolean().optional(),
  ...profile,
});
/** The user that a body describes, stored; 400 if something is missing or wrong, 409 if he exists. */
export function addUser(context: TenantContext, body: unknown): User {
  const { connection: name, user_id, password, verify_email: _, ...given } = parseBody(creation, body);
  const { strategy, options } = findConnection(context, name);
  const profile = withoutNulls(given);
  if (strategy === "auth0") refuseIncomplete(options, profile, password);
  const taken = findInConnection(context, name, profile) ?? context.store.users.get(`${strategy}|${user_id}`);
  if (taken) throw conflict("The user already exists.", "auth0_idp_error");
  const identity = { connection: name, provider: strategy, isSocial: !WITHOUT_PROFILE.has(strategy) };
  return createUser(context, {
    identity: user_id === undefined ? identity : { ...identity, user_id },
    profile,
    ...(password !== undefined && { password }),
  });
}

/** Strategies whose users no provider vouches for. */
const WITHOUT_PROFILE = new Set(["auth0", "email", "sms"]);

/** What policies learn of a request to the Management API. */
const BY_ADMINISTRATOR: RequestFacts = {
  method: "PATCH",
  ip: LOOPBACK,
  userAgent: "",
  language: "en",
  query: {},
  body: {},
};

/** The user as a body changes him, stored; 404 if there is none, 400 if something is wrong or taken. */
export function changeUser(context: TenantContext, id: string, body: unknown): User {
  const fields = parseBody(change, body);
  const user = findUser(context, id);
  const {
    connection: _c,
    client_id: _i,
    verify_email: _e,
    verify_phone_number: _p,
    verify_password: _v,
    ...rest
  } = fields;
  const { password, user_metadata, app_metadata, ...root } = rest;
  const email = root.email?.toLowerCase();
  const [{ connection }] = user.identities;
  refuseTaken(context, user, connection, { email });
  refuseTaken(context, user, connection, { username: root.username ?? undefined });
  const stored = context.store.connections.first({ name: connection });
  const home = stored ?? { options: {} };
  if (password) refusePassword(home, user, password);
  if (password && stored)
    startPostChangePassword(context, user.user_id, { connection: stored, request: BY_ADMINISTRATOR });
  const metadata = app_metadata && mergeMetadata(user.app_metadata, app_metadata);
  const next = {
    ...patched(user, email === undefined ? root : { ...root, email }),
    ...(user_metadata && { user_metadata: mergeMetadata(user.user_metadata, user_metadata) }),
    ...(password && { ...passwordChange(home, user, password), last_password_reset: context.clock.iso() }),
    updated_at: context.clock.iso(),
  };
  // Unlike user_metadata, an empty app_metadata is absent.
  const isCleared = metadata && Object.keys(metadata).length === 0;
  return context.store.users.replace(
    metadata ? patched(next, { app_metadata: isCleared ? null : metadata }) : next,
  );
}

function findConnection({ store }: TenantContext, name: string): Connection {
  const connection = store.connections.first({ name });
  if (!connection) throw badRequest("The connection does not exist.", "inexistent_connection");
  return connection;
}

/** A user of a database has an identifier and a password that is strong enough for it. */
function refuseIncomplete(
  options: Connection["options"],
  person: Partial<User>,
  password: string | undefined,
): void {
  const missing = (property: string) =>
    badRequest(`Payload validation error: 'Missing required property: ${property}'.`);
  if (person.email === undefined && person.username === undefined && person.phone_number === undefined)
    throw missing("email");
  if (options.requires_username === true && person.username === undefined) throw missing("username");
  if (password === undefined) throw missing("password");
  refusePassword({ options }, person, password);
}

function refusePassword(
  connection: Pick<Connection, "options">,
  person: Partial<User>,
  password: string,
): void {
  const refusal = passwordRefusal(connection, person, password);
  if (refusal) throw badRequest(`${refusal.name}: ${refusal.message}`, "invalid_password");
}

function refuseTaken(
  context: TenantContext,
  user: User,
  connection: string,
  by: { readonly email?: string | undefined } | { readonly username?: string | undefined },
): void {
  const other = findInConnection(context, connection, by);
  if (other && other.user_id !== user.user_id)
    throw badRequest(
      `The specified new ${"email" in by ? "email" : "username"} already exists`,
      "auth0_idp_error",
    );
}
