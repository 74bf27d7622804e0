import type { TenantContext } from "../context.ts";
import type { User } from "../entities.ts";
import { notFound } from "./errors.ts";

/** The user with this id, or 404. */
export function findUser({ store }: TenantContext, id: string): User {
  const user = store.users.get(id);
  if (!user) throw notFound("The user does not exist.", "inexistent_user");
  return user;
}
