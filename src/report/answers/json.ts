// Answers for programs. Places are of the form that findings have: 1-based, `end` exclusive.
import type { HolderPermissions, PermissionHolders, Reason } from "../../review/index.ts";
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
        reasons: reasons.map(stepsOf),
      })),
    })),
  });
}

/** What each holder has, as a JSON document. */
export function whatCanJson(answers: readonly HolderPermissions[]): string {
  return jsonText({
    version,
    holders: answers.map(({ holder, name, owner, at, allowedRoles, permissions }) => ({
      ...holder,
      name,
      owner,
      at,
      allowedRoles,
      permissions: permissions.map(({ permission, risk, description, inTokensOnly, forUsers, reasons }) => ({
        ...permission,
        risk,
        description,
        inTokensOnly,
        forUsers,
        reasons: reasons.map(stepsOf),
      })),
    })),
  });
}

/** The lines of a reason, one after the other: the last names the permission, those before lead to it. */
function stepsOf({ way, giving }: Reason) {
  return [
    ...way.map(({ from, does, to, at }) => ({ from, does, to, at })),
    { from: giving.by, does: "names", written: giving.written, at: giving.at },
  ];
}
