import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { Client, Connection, User } from "../entities.ts";
import { passwordRefusal } from "../password-policy.ts";
import { createUser, findUser } from "../users.ts";
import { databaseOf, tenantSettings } from "./connections.ts";
import { invalidRequest, SignUpError } from "./errors.ts";
import { passwordError } from "./password-error.ts";
import { type Metadata, runPostRegistration, runPreRegistration } from "./registration-policies.ts";
import type { RequestFacts } from "./request.ts";

const text = z.string().min(1).max(300);

const signUpBody = z.object({
  client_id: text,
  connection: text,
  email: z.email(),
  password: text,
  username: text.optional(),
  phone_number: text.optional(),
  given_name: text.optional(),
  family_name: text.optional(),
  name: text.optional(),
  nickname: text.optional(),
  picture: text.optional(),
  user_metadata: z.record(z.string().max(100), z.string().max(500)).optional(),
});

/** The answer to a sign-up: the profile, with the id that has no prefix. */
export type SignedUp = Readonly<Record<string, unknown>> & { readonly _id: string };

/**
 * Makes a user of a database: policies before registration, the user stored, policies after it in the background.
 * Throws a `SignUpError` or an `OAuthError`, both 400.
 * @see Auth0 docs, api/authentication, signup
 */
export async function signUp(
  context: TenantContext,
  body: Readonly<Record<string, unknown>>,
  request: RequestFacts,
): Promise<SignedUp> {
  const parsed = signUpBody.safeParse(body);
  if (!parsed.success) throw invalidRequest(firstIssue(parsed.error));
  const { client_id, connection: connectionName, password, ...sent } = parsed.data;
  const client = context.store.clients.get(client_id);
  if (!client || client.global) throw invalidRequest(`Unknown client: ${client_id}`);
  const connection = databaseOf(context, client, connectionName);
  const profile = definedOf({ ...sent, email: sent.email.toLowerCase() });
  requireOpen(connection);
  requireUsername(connection, profile.username);
  requirePassword(connection, profile, password);
  requireNew(context, connection, profile);

  const registration = { client, connection, request, password, profile };
  const metadata = await runPreRegistration(context, registration);
  // Policies take time in which the same address may have been taken.
  requireNew(context, connection, profile);
  const user = createUser(context, {
    identity: { connection: connection.name, provider: "auth0", isSocial: false },
    profile: { ...profile, ...withoutEmpty(metadata) },
    password,
  });
  logSignUp(context, client, connection, user);
  context.background.start(() => runPostRegistration(context, user, registration));
  return { _id: user.identities[0].user_id, email_verified: false, ...profile };
}

function requireOpen(connection: Connection): void {
  if (connection.options.disable_signup === true)
    throw new SignUpError({ error: "public signup is disabled" });
}

/** Auth0's rules for user names: their length is the connection's to say. */
function requireUsername({ options }: Connection, username: string | undefined): void {
  if (username === undefined) {
    if (options.requires_username === true) throw invalidRequest("missing username parameter");
    return;
  }
  const { username: limits } = (options.validation ?? {}) as { username?: { min?: number; max?: number } };
  const { min = 1, max = 15 } = limits ?? {}; // validated when stored
  if (
    username.length < min ||
    username.length > max ||
    !/^[\w+\-.!#$'^`~@]+$/.test(username) ||
    isEmail(username)
  )
    throw new SignUpError({
      name: "BadRequestError",
      code: "invalid_username",
      description: `A user name has ${min} to ${max} characters: letters, digits and some signs, and is no e-mail address.`,
      statusCode: 400,
    });
}

const isEmail = (text: string) => z.email().safeParse(text).success;

function requirePassword(connection: Connection, profile: Partial<User>, password: string): void {
  const refusal = passwordRefusal(connection, profile, password);
  if (refusal) throw passwordError(refusal);
}

function requireNew(context: TenantContext, connection: Connection, profile: Partial<User>): void {
  if (!findUser(context, connection.name, profile)) return;
  const { flags } = tenantSettings(context) as {
    flags?: { enable_public_signup_user_exists_error?: boolean };
  };
  throw new SignUpError({
    name: "BadRequestError",
    // A tenant can keep to itself who has an account.
    ...(flags?.enable_public_signup_user_exists_error === false
      ? { code: "invalid_signup", description: "Invalid sign up" }
      : { code: "user_exists", description: "The user already exists." }),
    statusCode: 400,
  });
}

function logSignUp(context: TenantContext, client: Client, connection: Connection, user: User): void {
  context.log({
    type: "ss",
    client_id: client.client_id,
    client_name: client.name,
    connection: connection.name,
    user_id: user.user_id,
    ...(user.email !== undefined && { user_name: user.email }),
  });
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.join(".") || "body"}: ${issue.message}` : "the body is not a sign-up";
}

/** Metadata that nobody set stays absent, as rules and the Management API show it. */
function withoutEmpty({ app_metadata, user_metadata }: Metadata): Partial<Metadata> {
  return {
    ...(Object.keys(app_metadata).length > 0 && { app_metadata }),
    ...(Object.keys(user_metadata).length > 0 && { user_metadata }),
  };
}

/** zod types an absent field as possibly undefined; stored entities have it or not. */
function definedOf(fields: Readonly<Record<string, unknown>>): Partial<User> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
