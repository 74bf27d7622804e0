import type { TenantContext } from "../context.ts";
import type { User } from "../entities.ts";
import { notFound } from "./errors.ts";

/** The user with this id, or 404. */
export function findUser({ store }: TenantContext, id: string): User {
  const user = store.users.get(id);
  if (!user) throw notFound("The user does not exist.", "inexistent_user");
  return user;
}

/** How a user is shown among the members of a role or of an organization. */
export function memberToWire(context: TenantContext, id: string) {
  const { user_id, email, picture, name } = findUser(context, id);
  return { user_id, email, picture, name };
}
