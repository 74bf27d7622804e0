import type { TenantContext } from "../context.ts";
import type { Connection, JsonObject, User } from "../entities.ts";
import { tenantName } from "../tenant-name.ts";
import { postRegistrationEvent } from "./action-events.ts";
import { executeActions, executeHook } from "./execute-policies.ts";
import type { RequestFacts } from "./request.ts";

/** Where a password was changed: a connection of Auth0's own, and the request that did it. */
interface Place {
  readonly connection: Connection;
  readonly request: RequestFacts;
}

/**
 * Runs the hook and the actions behind the answer to whoever changed a database user's password: the user himself, or an
 * administrator over the Management API. What they answer is only logged.
 * @see auth0/docs, articles/hooks/extensibility-points/post-change-password
 */
export function startPostChangePassword(context: TenantContext, user_id: string, place: Place): void {
  context.background.start(async () => {
    const user = context.store.users.get(user_id);
    if (user) await runPostChangePassword(context, user, place);
  });
}

async function runPostChangePassword(context: TenantContext, user: User, place: Place): Promise<void> {
  const { user_id } = user;
  const { id, name } = place.connection;
  const hookValues = () => [hookUser(user), { connection: { id, name, tenant: tenantName(context) } }];
  // The event has the parts that the one after a registration has.
  const event = () => postRegistrationEvent(context, { user, ...place });
  await executeHook(context, "post-change-password", hookValues, { user_id });
  await executeActions(context, "post-change-password", event, { user_id });
}

function hookUser({ identities, username, email, last_password_reset }: User): JsonObject {
  return {
    id: identities[0].user_id,
    ...(username !== undefined && { username }),
    ...(email !== undefined && { email }),
    ...(last_password_reset !== undefined && { last_password_reset }),
  };
}
