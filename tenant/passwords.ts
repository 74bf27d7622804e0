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
