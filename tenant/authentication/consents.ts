import type { TenantContext } from "../context.ts";
import type { Client, User } from "../entities.ts";
import { requestedAudience } from "./audience.ts";
import { type Parameters, scopesOf } from "./request.ts";

/** What a third-party client wants to do for a person. */
export interface Wish {
  /** Identifier of the API; empty without one. */
  readonly audience: string;
  readonly scopes: readonly string[];
}

/**
 * What the person has to agree to before the client is answered: all that it asks for, if any of that is new. Undefined
 * for a first-party client.
 */
export function openWish(
  context: TenantContext,
  client: Client,
  user: User,
  parameters: Parameters,
): Wish | undefined {
  if (client.is_first_party) return undefined;
  const audience = requestedAudience(context, parameters.audience) ?? "";
  const scopes = scopesOf(parameters.scope);
  const agreed = context.store.consents.get(user.user_id, client.client_id, audience);
  return agreed && scopes.every((scope) => agreed.scope.includes(scope)) ? undefined : { audience, scopes };
}

/** Remembers that a person agrees, in addition to what he has agreed to before. */
export function agree({ store }: TenantContext, client: Client, user: User, wish: Wish): void {
  const key = { user_id: user.user_id, client_id: client.client_id, audience: wish.audience };
  const before = store.consents.get(key.user_id, key.client_id, key.audience);
  const scope = [...new Set([...(before?.scope ?? []), ...wish.scopes])];
  if (before) store.consents.replace({ ...before, scope });
  else store.consents.insert({ ...key, scope });
}
