import {
  type Giving,
  type HeldPermission,
  type Holder,
  type HolderPermissions,
  isSame,
} from "../../review/index.ts";
import { aligned, placeOf, printable } from "../display.ts";
import { saysOf } from "./who-can-text.ts";

/**
 * What each holder has, for people: first the lines by which it has what others have, then API by API its scopes with the
 * lines that name them.
 */
export function whatCanText(answers: readonly HolderPermissions[]): string {
  return answers.map((answer) => `${answerText(answer)}\n`).join("\n");
}

function answerText(answer: HolderPermissions): string {
  const { holder, name, owner, at, links, allowedRoles, permissions } = answer;
  const title = `${holder.kind} ${holder.key}: ${printable(name)}${owner === undefined ? "" : `, of ${printable(owner)}`}`;
  const ways = links.map((link) => [
    `  ${isSame(link.from, holder) ? "" : `${link.from.key} `}${saysOf(link)}`,
    placeOf(link.at),
  ]);
  const signIn = allowedRoles && [
    `  only people with one of the roles ${allowedRoles.join(", ")} may sign in`,
  ];
  return [
    `${title} (${placeOf(at)})`,
    ...aligned(ways),
    ...(signIn ?? []),
    ...(permissions.length > 0 ? aligned(permissionRows(answer)) : ["  has no permission of its own"]),
  ].join("\n");
}

/** Rows of scope, way and place, after a row with each API's key. */
function permissionRows({ holder, permissions }: HolderPermissions): readonly (readonly string[])[] {
  const byApi = Map.groupBy(permissions, ({ permission }) => permission.api);
  return [...byApi].flatMap(([api, own]) => [
    [`  ${api}`],
    ...own.flatMap((held) =>
      held.givings.map((giving, index) => [
        index === 0 ? `    ${printable(held.permission.scope)}${held.risk === "high" ? " !" : ""}` : "",
        howOf(held, holder, giving),
        placeOf(giving.at),
      ]),
    ),
  ]);
}

/** What is not to be seen from the scope itself: where it comes from, and by which pattern. */
function howOf(held: HeldPermission, holder: Holder, { by, written }: Giving): string {
  return [
    ...(isSame(by, holder) ? [] : [`from ${by.key}`]),
    ...(written === held.permission.scope ? [] : [`by "${printable(written)}"`]),
    ...(held.inTokensOnly ? ["in tokens only"] : []),
    ...(held.forUsers ? ["for its users"] : []),
  ].join(", ");
}
