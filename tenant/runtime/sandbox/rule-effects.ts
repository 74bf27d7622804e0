import type { Json } from "../../entities.ts";
import type { Effect } from "../protocol.ts";
import type { Realm } from "./realm.ts";

/** Type and name of an effect, joined by a blank → the value as JSON text. */
type Look = ReadonlyMap<string, string>;

/** The most characters of a value that are told. */
const VALUE_LIMIT = 2000;

/** What of a user and a context decides about tokens, as it stands. */
export function lookAt(realm: Realm, user: unknown, context: unknown): Look {
  const seen = new Map<string, string>();
  const take = (type: string, holder: unknown) => {
    if (typeof holder !== "object" || holder === null) return;
    for (const [name, value] of Object.entries(holder)) seen.set(`${type} ${name}`, realm.stringify(value));
  };
  try {
    const { idToken, accessToken, redirect, multifactor } = (context ?? {}) as Record<string, unknown>;
    take("user.set", user);
    take("idToken.setCustomClaim", idToken);
    take("accessToken.setCustomClaim", accessToken);
    take("redirect.sendUserTo", redirect);
    take("multifactor.enable", multifactor);
  } catch {
    // A getter that throws or a cycle: what cannot be said as JSON has no effect on a token either.
  }
  return seen;
}

/** What a rule changed, in the order in which it stands in user and tokens; null for what it took away. */
export function changesOf(before: Look, after: Look): Effect[] {
  const changes: Effect[] = [];
  for (const [key, json] of after) if (before.get(key) !== json) changes.push(effectOf(key, json));
  for (const key of before.keys()) if (!after.has(key)) changes.push(effectOf(key, "null"));
  return changes;
}

function effectOf(key: string, json: string): Effect {
  const blank = key.indexOf(" ");
  return { type: key.slice(0, blank), name: key.slice(blank + 1), value: briefly(json) };
}

/** The value, or of a large one only how large it is. */
export function briefly(json: string): Json {
  return json.length > VALUE_LIMIT ? `… (${json.length} characters)` : (JSON.parse(json) as Json);
}
