import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";

/** Far below what a real tenant needs: passwords of a local tenant protect nothing, and tests log in often. */
const COST = 1024;
const LENGTH = 32;

/** A salted scrypt hash that `verifyPassword` knows again: `scrypt$cost$salt$hash`. */
export function hashPassword(password: string): string {
  const salt = randomBytes(16);
  const hash = scryptSync(password, salt, LENGTH, { N: COST });
  return `scrypt$${COST}$${salt.toString("base64url")}$${hash.toString("base64url")}`;
}

/** Whether the password is the one that was hashed; false for a hash of an unknown form. */
export function verifyPassword(password: string, hashed: string): boolean {
  const [kind, cost, salt, hash] = hashed.split("$");
  if (kind !== "scrypt" || !cost || !salt || !hash) return false;
  const expected = Buffer.from(hash, "base64url");
  const actual = scryptSync(password, Buffer.from(salt, "base64url"), expected.length, { N: Number(cost) });
  return timingSafeEqual(actual, expected);
}

/** How strict a database connection is about passwords, by `options.passwordPolicy`. */
export type PasswordPolicy = "none" | "low" | "fair" | "good" | "excellent";

/**
 * Whether a password meets a policy: `low` 6 characters; `fair` 8 with lower case, upper case and digit; `good` 8 with
 * three of those and special characters; `excellent` 10, besides never three of the same in a row.
 * @see Auth0 docs, authenticate/database-connections/password-strength
 */
export function meetsPolicy(policy: PasswordPolicy, password: string): boolean {
  const [lower, upper, digit, special] = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].map((kind) =>
    kind.test(password),
  );
  const kinds = [lower, upper, digit, special].filter(Boolean).length;
  switch (policy) {
    case "none":
      return password.length >= 1;
    case "low":
      return password.length >= 6;
    case "fair":
      return password.length >= 8 && lower === true && upper === true && digit === true;
    case "good":
      return password.length >= 8 && kinds >= 3;
    case "excellent":
      return password.length >= 10 && kinds >= 3 && !/(.)\1\1/.test(password);
  }
}
