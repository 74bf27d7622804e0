/** A permission that somebody has, as a line of the lock says it. */
export interface Grant {
  /** Such as `role customer`. */
  readonly holder: string;
  readonly api: string;
  readonly scope: string;
  /** The roles that give it: the holder itself where the lock says `direct`. */
  readonly via: readonly string[];
}

/** The grants of roles and groups in a lock's text, in its order. */
export function grantsIn(lock: string): readonly Grant[] {
  return factsIn(lock).flatMap((fact) => {
    const [holder = "", what = "", way] = fact.split("  ");
    const [, api, scope] = /^([a-z0-9-]+) (.+)$/.exec(what) ?? [];
    if (api === undefined || scope === undefined || way === undefined) return [];
    const [, self = ""] = holder.split(" ");
    const via = way
      .replace(/^direct/, self)
      .replace(/ in .*$/, "")
      .replace("via ", "")
      .split(", ");
    return [{ holder, api, scope: scope.startsWith('"') ? JSON.parse(scope) : scope, via }];
  });
}

/** The lines after the header. */
export function factsIn(lock: string): readonly string[] {
  return lock.split("\n").slice(1, -1);
}
