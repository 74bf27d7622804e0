import type { AccessModel } from "../model/access-model.ts";
import type { Declarations } from "../model/declarations.ts";
import type { RoleKey } from "../model/names.ts";
import type { Located, Span } from "../model/source.ts";
import { givingsOf } from "./givings.ts";
import { type Holding, holdingsOf, permissionName } from "./holdings.ts";
import { linksOf, waysFrom } from "./links.ts";
import { type DefinedPermission, definedPermissions } from "./permissions.ts";
import { type Giving, type Holder, isSame, type Link } from "./reason.ts";

/** A permission that somebody has, and all lines that name it: his own, and those of others that he has all of. */
export interface HeldPermission extends DefinedPermission, Pick<Holding, "inTokensOnly" | "forUsers"> {
  /** Nearest first. */
  readonly givings: readonly Giving[];
}

/** All that one role, group or client has. */
export interface HolderPermissions {
  readonly holder: Holder;
  readonly name: string;
  readonly owner: string | undefined;
  /** Its file, at the first key. */
  readonly at: Span;
  /** The lines by which it has what others have, nearest first. */
  readonly links: readonly Link[];
  /** Whoever signs in with the client has one of these roles; undefined if it does not say, or is no client. */
  readonly allowedRoles: readonly RoleKey[] | undefined;
  /** In the order of APIs and their files. */
  readonly permissions: readonly HeldPermission[];
}

/** What everything has whose key it is: a role, a group and a client may have the same. Empty if there is none. */
export function whatCan(
  key: string,
  model: AccessModel,
  declarations: Declarations,
): readonly HolderPermissions[] {
  const defined = definedPermissions(model, declarations);
  const links = linksOf(declarations);
  const givings = givingsOf(declarations);
  return declaredHolders(declarations)
    .filter(({ holder }) => holder.key === key)
    .map(({ holder, name, owner, at }) => {
      const held = new Map(
        holdingsOf(model)
          .filter((holding) => isSame(holding.holder, holder))
          .map((holding) => [permissionName(holding.permission), holding]),
      );
      const reached = waysFrom(holder, links).map(([each]) => each);
      return {
        holder,
        name: name.value,
        owner: owner?.value,
        at,
        links: reached.flatMap(links),
        allowedRoles: model.clients.find((client) => holder.kind === "client" && client.key === holder.key)
          ?.allowedRoles,
        permissions: [...defined].flatMap(([id, definition]) => {
          const holding = held.get(id);
          if (!holding) return [];
          const { inTokensOnly, forUsers, permission } = holding;
          return [
            {
              ...definition,
              inTokensOnly,
              forUsers,
              givings: reached.flatMap((each) => givings(each, permission)),
            },
          ];
        }),
      };
    });
}

/** The keys of all that can have permissions, each once. */
export function holderKeys(declarations: Declarations): readonly string[] {
  return [...new Set(declaredHolders(declarations).map(({ holder }) => holder.key))];
}

interface DeclaredHolder {
  readonly holder: Holder;
  readonly name: Located<string>;
  readonly owner: Located<string> | undefined;
  readonly at: Span;
}

function declaredHolders({ roles, groups, clients }: Declarations): readonly DeclaredHolder[] {
  return [
    ...roles.map(({ key, ...rest }) => ({ ...rest, holder: { kind: "role" as const, key } })),
    ...groups.map(({ key, ...rest }) => ({ ...rest, holder: { kind: "group" as const, key } })),
    ...clients.map(({ key, ...rest }) => ({ ...rest, holder: { kind: "client" as const, key } })),
  ];
}
