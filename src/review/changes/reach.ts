import type { AccessModel } from "../../model/access-model.ts";
import type { Holder } from "../reason.ts";

/** True if the one has all that the other has, by inclusion or by groups; nobody reaches himself. */
export type Reach = (one: Holder, other: Holder) => boolean;

/** Who reaches whom; each is looked up once. */
export function reachOf({ roles, groups }: AccessModel): Reach {
  const next = new Map<string, readonly string[]>([
    ...roles.map(({ key, includes }) => [`role ${key}`, includes.map((each) => `role ${each}`)] as const),
    ...groups.map(
      ({ key, within, roles: own }) =>
        [
          `group ${key}`,
          [...within.map((each) => `group ${each}`), ...own.map((each) => `role ${each}`)],
        ] as const,
    ),
  ]);
  const known = new Map<string, ReadonlySet<string>>();
  const reachedFrom = (start: string): ReadonlySet<string> => {
    const found = known.get(start);
    if (found) return found;
    const reached = new Set(next.get(start));
    // A set that grows while it is gone through is gone through to its new end.
    for (const each of reached) for (const further of next.get(each) ?? []) reached.add(further);
    known.set(start, reached);
    return reached;
  };
  return (one, other) => reachedFrom(`${one.kind} ${one.key}`).has(`${other.kind} ${other.key}`);
}
