import type { User } from "./entities.ts";
import type { Term } from "./term-index.ts";

/** Stands as a field before the names of the lists and objects that a user has, since these have no value themselves. */
export const CONTAINERS = "_exists_";

/**
 * All that a user can be found by: each value under its path without places in lists, as Auth0's search has it, so that
 * `identities.connection` has one for each identity. Booleans are 1 and 0, as SQLite reads those of JSON.
 */
export function userTerms({ password_hash: _, password_history: _h, ...user }: User): readonly Term[] {
  const terms: Term[] = [];
  const collect = (path: string, value: unknown): void => {
    if (typeof value === "string" || typeof value === "number") terms.push([path, value]);
    else if (typeof value === "boolean") terms.push([path, Number(value)]);
    else if (typeof value === "object" && value !== null) {
      terms.push([CONTAINERS, path]);
      for (const [key, member] of Object.entries(value))
        collect(Array.isArray(value) ? path : `${path}.${key}`, member);
    }
  };
  for (const [field, value] of Object.entries(user)) collect(field, value);
  if (user.email !== undefined) terms.push(["email.domain", user.email.slice(user.email.indexOf("@") + 1)]);
  return terms;
}
