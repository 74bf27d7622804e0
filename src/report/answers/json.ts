// Answers for programs. Places are of the form that findings have: 1-based, `end` exclusive.
import type { HolderPermissions, PermissionHolders } from "../../review/index.ts";
import { jsonText } from "../json-text.ts";

/** The version of both documents: goes up when a reader of the last one could be misled. */
const version = 1;

/** Who has each of the permissions, as a JSON document. */
export function whoCanJson(permissions: readonly PermissionHolders[]): string {
  return jsonText({
    version,
    permissions: permissions.map(({ permission, risk, description, at, holdings }) => ({
      ...permission,
      risk,
      description,
      at,
      holders: holdings.map(({ holder, inherited, inTokensOnly, forUsers, reasons }) => ({
        ...holder,
        inherited,
        inTokensOnly,
        forUsers,
        reasons,
      })),
    })),
  });
}

/** What each holder has, as a JSON document. */
export function whatCanJson(answers: readonly HolderPermissions[]): string {
  return jsonText({
    version,
    holders: answers.map(({ holder, name, owner, at, links, allowedRoles, permissions }) => ({
      ...holder,
      name,
      owner,
      at,
      links,
      allowedRoles,
      permissions: permissions.map(({ permission, risk, description, inTokensOnly, forUsers, givings }) => ({
        ...permission,
        risk,
        description,
        inTokensOnly,
        forUsers,
        givings,
      })),
    })),
  });
}
