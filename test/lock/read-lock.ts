/** A permission somebody has, as a line of the lock says it. */
export interface Grant {
  readonly holder: string;
  readonly api: string;
  readonly scope: string;
  readonly way: string;
}

/** The grants of roles, groups and clients in a lock's text, in its order. */
export function grantsIn(lock: string): readonly Grant[] {
  return factsIn(lock).flatMap((fact) => {
    const [holder = "", what = "", way] = fact.split("  ");
    const [, api, scope] = /^([a-z0-9-]+) (.+)$/.exec(what) ?? [];
    if (api === undefined || scope === undefined || way === undefined) return [];
    return [{ holder, api, scope: scope.startsWith('"') ? JSON.parse(scope) : scope, way }];
  });
}

/** The lines after the header. */
export function factsIn(lock: string): readonly string[] {
  return lock.split("\n").slice(1, -1);
}
