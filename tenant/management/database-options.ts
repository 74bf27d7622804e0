/** What the tenant makes of the options of a database: defaults, methods of authentication, attributes. */
import type { Json, JsonObject } from "../entities.ts";
import { badRequest } from "./errors.ts";
import { isObject } from "./json.ts";

const PASSKEY_OPTIONS = {
  challenge_ui: "both",
  progressive_enrollment_enabled: true,
  local_enrollment_enabled: true,
};
const PASSWORD_METHOD = { enabled: true, api_behavior: "required", signup_behavior: "allow" };

/** What a new database connection has where nothing else was sent. */
const DATABASE_DEFAULTS: JsonObject = {
  mfa: { active: true, return_enroll_settings: true },
  passwordPolicy: "good",
  strategy_version: 2,
  brute_force_protection: true,
};

/** The options of a database as they are stored; `old` are those that an update replaces. */
export function databaseOptions(sent: JsonObject, old: JsonObject | undefined): JsonObject {
  const attributes = sent.attributes ?? null;
  return {
    ...(old ? {} : DATABASE_DEFAULTS),
    ...sent,
    ...(isObject(attributes) && { attributes: completeAttributes(attributes as JsonObject) }),
    authentication_methods: authenticationMethods(sent, old),
    passkey_options: sent.passkey_options ?? old?.passkey_options ?? PASSKEY_OPTIONS,
  };
}

/**
 * Sent methods are completed member by member; without any, an update keeps the old ones. Codes by mail and phone come
 * with the methods of a new database; to one that was made without them, an update does not add them.
 */
function authenticationMethods(sent: JsonObject, old: JsonObject | undefined): Json {
  if (sent.authentication_methods === undefined && old?.authentication_methods)
    return old.authentication_methods;
  const methods = objectOr(sent.authentication_methods);
  const password = { ...PASSWORD_METHOD, ...objectOr(methods.password) };
  const oneTime = { email_otp: { enabled: false }, phone_otp: { enabled: false } };
  const withOneTime = old
    ? objectOr(old.authentication_methods).email_otp !== undefined
    : Object.keys(methods).length > 0;
  return {
    passkey: { enabled: false },
    ...(withOneTime && oneTime),
    ...methods,
    password,
  };
}

/** An e-mail attribute is unique and verified by a link, or by a code where that is how one logs in. */
function completeAttributes(attributes: JsonObject): JsonObject {
  const { email } = attributes;
  if (!isObject(email)) return attributes;
  const otp = isObject(email.identifier) && email.identifier.default_method === "email_otp";
  return {
    ...attributes,
    email: { verification_method: otp ? "otp" : "link", unique: true, ...email } as JsonObject,
  };
}

const objectOr = (value: Json | undefined): JsonObject => (isObject(value) ? (value as JsonObject) : {}); // checked

/** 400 for options that exclude each other, in the order in which Auth0 looks. */
export function refuseContradictions(options: JsonObject, old?: JsonObject): void {
  const { attributes } = options;
  if (!isObject(attributes)) return;
  if (options.validation !== undefined)
    throw badRequest("Cannot set both options.attributes and options.validation");
  if (options.requires_username === true)
    throw badRequest("Cannot set both options.attributes and options.requires_username");
  const all = Object.entries(attributes).filter((entry): entry is [string, JsonObject] => isObject(entry[1]));
  const isIdentifier = ([, attribute]: readonly [string, JsonObject]) =>
    isObject(attribute.identifier) && attribute.identifier.active === true;
  if (!all.some(isIdentifier)) throw badRequest("attributes must contain one active identifier");
  for (const [name, attribute] of all.filter(isIdentifier))
    if (
      attribute.profile_required === true &&
      isObject(attribute.signup) &&
      attribute.signup.status === "inactive"
    )
      throw badRequest(`attribute ${name} must also be required on signup`);
  if (old && isObject(attributes.email) && attributes.email.unique === false && wasUnique(old))
    throw badRequest("cannot add non-unique email attribute");
}

const wasUnique = ({ attributes }: JsonObject) =>
  !isObject(attributes) || !isObject(attributes.email) || attributes.email.unique !== false;
