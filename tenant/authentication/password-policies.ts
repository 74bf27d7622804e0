import type { TenantContext } from "../context.ts";
import type { Connection, JsonObject, User } from "../entities.ts";
import { postRegistrationEvent } from "./action-events.ts";
import { executeActions, executeHook } from "./execute-policies.ts";
import type { RequestFacts } from "./request.ts";
import { tenantName } from "./tenant-name.ts";

/**
 * Runs the hook and the actions after a database user's password has changed. What they answer is only logged.
 * @see auth0/docs, articles/hooks/extensibility-points/post-change-password
 */
export async function runPostChangePassword(
  context: TenantContext,
  user: User,
  place: { readonly connection: Connection; readonly request: RequestFacts },
): Promise<void> {
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
