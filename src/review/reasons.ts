import type { Permission } from "../model/access-model.ts";
import type { Declarations } from "../model/declarations.ts";
import { givingsOf } from "./givings.ts";
import { linksOf, waysFrom } from "./links.ts";
import type { Holder, Reason } from "./reason.ts";

/**
 * Why the holder has the permission, by each line of its own: those that name it, then those that lead on to others, with
 * the shortest way from there. Whoever takes all of these lines out takes the permission away.
 */
export type ReasonsOf = (holder: Holder, permission: Permission) => readonly Reason[];

/** The reasons for all that the declarations give. */
export function reasonsOf(declarations: Declarations): ReasonsOf {
  const links = linksOf(declarations);
  const givings = givingsOf(declarations);
  return (holder, permission) => {
    const own = givings(holder, permission).map((giving) => ({ way: [], giving }));
    const byOthers = links(holder).flatMap((link) => {
      for (const [reached, way] of waysFrom(link.to, links)) {
        const [giving] = givings(reached, permission);
        if (giving) return [{ way: [link, ...way], giving }];
      }
      return [];
    });
    return [...own, ...byOthers];
  };
}
