import type { TenantContext } from "../context.ts";
import type { LoginTransaction } from "../login-entities.ts";
import { PageError } from "./errors.ts";
import type { Parameters } from "./request.ts";

/** Milliseconds that a login page may stay open. */
const LIFETIME = 60 * 60 * 1000;

/** Keeps the parameters of /authorize until their person has logged in, or agreed, in the browser with this id. */
export function beginTransaction(
  { store, ids, clock }: TenantContext,
  browserId: string,
  parameters: Parameters,
  sessionId?: string,
): LoginTransaction {
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return store.login_transactions.insert({
    state: ids.secret(32),
    browser_id: browserId,
    parameters: Object.fromEntries(given),
    expires_at: clock.now() + LIFETIME,
    ...(sessionId !== undefined && { session_id: sessionId }),
  });
}

/** The transaction of a login page, in the browser in which it began; otherwise throws a `PageError` (400). */
export function findTransaction(
  { store, clock }: TenantContext,
  state: string | undefined,
  browserId: string | undefined,
): LoginTransaction {
  const found = state === undefined ? undefined : store.login_transactions.get(state);
  if (!found || found.expires_at <= clock.now() || found.browser_id !== browserId)
    throw new PageError(
      400,
      "This login has expired or began in another browser. Start again from the application.",
    );
  return found;
}
