import type { Connection, JsonObject, User } from "./entities.ts";
import { type PasswordPolicy, strengthOf } from "./password-strength.ts";
import { hashPassword, verifyPassword } from "./passwords.ts";

/** Why a connection does not take a password, in Auth0's words. */
export interface PasswordRefusal {
  readonly name:
    | "PasswordStrengthError"
    | "PasswordDictionaryError"
    | "PasswordNoUserInfoError"
    | "PasswordHistoryError";
  readonly message: string;
  /** Of a weak password: what the policy asks for. */
  readonly strength?: { readonly rules: readonly JsonObject[]; readonly policy: string };
}

/** Who a password is for: a person who signs up, or the user as he is stored. */
type Person = Partial<User>;

/**
 * Why a database does not take a person's new password, or undefined if it does: strength, dictionary, personal data and
 * earlier passwords, as far as its options ask for them.
 * @see Auth0 docs, authenticate/database-connections/password-options
 */
export function passwordRefusal(
  { options }: Pick<Connection, "options">,
  person: Person,
  password: string,
): PasswordRefusal | undefined {
  // Connections take only the names of policies; one that names none has Auth0's default.
  const policy = (options.passwordPolicy ?? "good") as PasswordPolicy;
  const { min_length } = objectAt(options, "password_complexity_options");
  const strength = strengthOf(policy, password, typeof min_length === "number" ? min_length : undefined);
  if (!strength.verified) return { name: "PasswordStrengthError", message: "Password is too weak", strength };
  if (isCommon(objectAt(options, "password_dictionary"), password))
    return { name: "PasswordDictionaryError", message: "Password is too common" };
  if (objectAt(options, "password_no_personal_info").enable === true && isPersonal(person, password))
    return { name: "PasswordNoUserInfoError", message: "Password contains user information" };
  if (earlierPasswords(options, person).some((hash) => verifyPassword(password, hash)))
    return { name: "PasswordHistoryError", message: "Password has previously been used" };
  return undefined;
}

/** The fields of a user that change with his password; those before it are kept where the connection looks at them. */
export function passwordChange(
  { options }: Pick<Connection, "options">,
  user: User,
  password: string,
): Pick<User, "password_hash" | "password_history"> {
  const password_history = earlierPasswords(options, user);
  return {
    password_hash: hashPassword(password),
    ...(password_history.length > 0 && { password_history }),
  };
}

/** Hashes of the passwords that must not come again, the present one first. */
function earlierPasswords(options: JsonObject, { password_hash, password_history = [] }: Person): string[] {
  const { enable, size } = objectAt(options, "password_history");
  if (enable !== true) return [];
  const all = password_hash === undefined ? password_history : [password_hash, ...password_history];
  return all.slice(0, typeof size === "number" ? size : 5);
}

/** A token few of the ten thousand that Auth0's own list has. */
const COMMON = ["password", "password1", "123456", "12345678", "qwerty", "letmein", "welcome", "iloveyou"];

function isCommon({ enable, dictionary }: JsonObject, password: string): boolean {
  if (enable !== true) return false;
  const own = Array.isArray(dictionary) ? dictionary.map(String) : [];
  return [...COMMON, ...own].some((word) => word.toLowerCase() === password.toLowerCase());
}

/** Shorter words are in too many passwords by chance. */
const SHORTEST_WORD = 3;

function isPersonal(person: Person, password: string): boolean {
  const { name, given_name, family_name, nickname, username, email } = person;
  const words = [name, given_name, family_name, nickname, username, email?.replace(/@.*$/, "")]
    .flatMap((text) => text?.toLowerCase().split(/\s+/) ?? [])
    .filter((word) => word.length >= SHORTEST_WORD);
  return words.some((word) => password.toLowerCase().includes(word));
}

function objectAt(options: JsonObject, name: string): JsonObject {
  const value = options[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
