import type { TenantContext } from "../context.ts";
import type { Client, Connection, JsonObject, User } from "../entities.ts";
import { tenantName } from "../tenant-name.ts";
import { mergeMetadata } from "../users.ts";
import { postRegistrationEvent, preRegistrationEvent } from "./action-events.ts";
import { SignUpError } from "./errors.ts";
import { executeActions, executeHook } from "./execute-policies.ts";
import { ruleGeoip } from "./geoip.ts";
import { metadataChanges } from "./metadata-effects.ts";
import type { RequestFacts } from "./request.ts";

/** A person who signs up at a database connection. */
export interface Registration {
  readonly client: Client;
  readonly connection: Connection;
  readonly request: RequestFacts;
  readonly password: string;
  /** E-mail address, name … and the metadata sent along, in the Management API's spelling. */
  readonly profile: Partial<User>;
}

/** What policies before a registration can set. */
export interface Metadata {
  readonly app_metadata: JsonObject;
  readonly user_metadata: JsonObject;
}

/**
 * The metadata of a new user after the hook and the actions before registration. Throws a `SignUpError` where a policy
 * denies or fails.
 */
export async function runPreRegistration(
  context: TenantContext,
  registration: Registration,
): Promise<Metadata> {
  const { app_metadata = {}, user_metadata = {} } = registration.profile;
  const afterHook = await runPreHook(context, registration, { app_metadata, user_metadata });
  return runPreActions(context, registration, afterHook);
}

async function runPreHook(
  context: TenantContext,
  registration: Registration,
  metadata: Metadata,
): Promise<Metadata> {
  const { profile, password } = registration;
  const result = await executeHook(context, "pre-user-registration", () => [
    { ...hookUser(context, { ...profile, ...metadata }), password },
    hookContext(context, registration),
  ]);
  if (!result) return metadata;
  if (!result.ok) {
    const { message, fields } = result.failure;
    throw denied(message, typeof fields.friendlyMessage === "string" ? fields.friendlyMessage : message);
  }
  const user = objectAt(result.value, "user");
  return {
    app_metadata: { ...metadata.app_metadata, ...objectAt(user, "app_metadata") },
    user_metadata: { ...metadata.user_metadata, ...objectAt(user, "user_metadata") },
  };
}

async function runPreActions(
  context: TenantContext,
  registration: Registration,
  metadata: Metadata,
): Promise<Metadata> {
  // A profile is JSON; the interface lacks the index.
  const user = { ...registration.profile, ...metadata } as unknown as JsonObject;
  const event = () => preRegistrationEvent(context, { ...registration, user });
  const result = await executeActions(context, "pre-user-registration", event);
  if (!result) return metadata;
  if (!result.ok) throw denied(result.failure.message, result.failure.message);
  for (const effect of result.value) {
    if (effect.type === "access.deny") throw denied(effect.reason, effect.userMessage ?? effect.reason);
    if (effect.type === "validation.error") throw denied(effect.code, effect.message);
  }
  const changes = metadataChanges(result.value);
  return {
    app_metadata: mergeChanges(metadata.app_metadata, changes.app_metadata),
    user_metadata: mergeChanges(metadata.user_metadata, changes.user_metadata),
  };
}

/** Runs the hook and the actions after registration. What they answer is only logged; the sign-up is over. */
export async function runPostRegistration(
  context: TenantContext,
  user: User,
  place: Pick<Registration, "connection" | "request">,
): Promise<void> {
  const { user_id, identities } = user;
  const hookValues = () => [
    { id: identities[0].user_id, ...hookUser(context, user) },
    hookContext(context, place),
  ];
  const event = () => postRegistrationEvent(context, { user, ...place });
  await executeHook(context, "post-user-registration", hookValues, { user_id });
  await executeActions(context, "post-user-registration", event, { user_id });
}

/**
 * `user` of registration hooks: camel case, unlike everywhere else.
 * @see auth0/docs, articles/hooks/extensibility-points/pre-user-registration
 */
function hookUser(context: TenantContext, user: Partial<User>): JsonObject {
  const { username, email, phone_number, app_metadata, user_metadata } = user;
  return {
    tenant: tenantName(context),
    ...(username !== undefined && { username }),
    ...(email !== undefined && { email }),
    ...(phone_number !== undefined && { phoneNumber: phone_number }),
    emailVerified: user.email_verified ?? false,
    phoneNumberVerified: user.phone_verified ?? false,
    user_metadata: user_metadata ?? {},
    app_metadata: app_metadata ?? {},
  };
}

function hookContext(
  context: TenantContext,
  { connection, request }: Pick<Registration, "connection" | "request">,
): JsonObject {
  return {
    requestLanguage: request.language,
    renderLanguage: request.language,
    connection: { id: connection.id, name: connection.name, tenant: tenantName(context) },
    request: { ip: request.ip, language: request.language, geoip: ruleGeoip },
  };
}

/** As observed for actions that deny; hooks share the path of the error. */
function denied(reason: string, userMessage: string): SignUpError {
  return new SignUpError({
    name: "InternalExtensibilityError",
    code: "extensibility_error",
    message: reason,
    friendly_message: userMessage,
    description: reason,
    fromSandbox: true,
    statusCode: 400,
  });
}

const mergeChanges = (old: JsonObject, changes: JsonObject): JsonObject =>
  Object.keys(changes).length === 0 ? old : mergeMetadata(old, changes);

/** The object that stands under `key`; a policy's result may have any form, and what Auth0 does not know it ignores. */
function objectAt(value: unknown, key: string): JsonObject {
  if (typeof value !== "object" || value === null) return {};
  const member: unknown = (value as Readonly<Record<string, unknown>>)[key];
  return typeof member === "object" && member !== null && !Array.isArray(member)
    ? (member as JsonObject)
    : {};
}
