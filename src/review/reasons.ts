import type { Permission } from "../model/access-model.ts";
import type { Declarations } from "../model/declarations.ts";
import { givingsOfClient, givingsOfRole } from "./givings.ts";
import { linksOf, waysFrom } from "./links.ts";
import type { Holder, Reason } from "./reason.ts";

/** Why the holder has the permission: the shortest way to each line that names it, nearest first. */
export type ReasonsOf = (holder: Holder, permission: Permission) => readonly Reason[];

/** The reasons for all that the declarations give. */
export function reasonsOf(declarations: Declarations): ReasonsOf {
  const roles = new Map(declarations.roles.map((role) => [role.key, role]));
  const clients = new Map(declarations.clients.map((client) => [client.key, client]));
  const links = linksOf(declarations);
  const givingsOf = (holder: Holder, permission: Permission) => {
    const role = holder.kind === "role" && roles.get(holder.key);
    if (role) return givingsOfRole(role, permission);
    const client = holder.kind === "client" && clients.get(holder.key);
    return client ? givingsOfClient(client, permission) : [];
  };
  return (holder, permission) =>
    waysFrom(holder, links).flatMap(([reached, way]) =>
      givingsOf(reached, permission).map((giving) => ({ way, giving })),
    );
}
