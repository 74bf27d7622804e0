import type { Located } from "../model/source.ts";

/** A thing of a cycle and the place where it names the next one. */
export interface CycleStep {
  readonly key: string;
  readonly names: Located<string>;
}

interface Visit {
  readonly key: string;
  /** What it names and has not been followed yet, the last first. */
  readonly pending: Located<string>[];
  followed: Located<string> | undefined;
}

/**
 * The cycles among things that name one another by key, each starting at the key that comes first. Of cycles that share
 * all their steps with others some may be left out: they are gone, or found, once those are mended.
 */
export function cyclesIn(
  named: ReadonlyMap<string, readonly Located<string>[]>,
): readonly (readonly CycleStep[])[] {
  const cycles: (readonly CycleStep[])[] = [];
  const finished = new Set<string>();
  const visit = (key: string): Visit => ({
    key,
    pending: (named.get(key) ?? []).toReversed(),
    followed: undefined,
  });
  for (const start of named.keys()) {
    if (finished.has(start)) continue;
    // No recursion: chains may be longer than a stack is deep.
    const way = [visit(start)];
    for (let here = way.at(-1); here; here = way.at(-1)) {
      here.followed = here.pending.pop();
      const next = here.followed?.value;
      if (next === undefined) {
        finished.add(here.key);
        way.pop();
        continue;
      }
      const first = way.findIndex(({ key }) => key === next);
      if (first >= 0) cycles.push(fromFirstKey(way.slice(first).flatMap(stepOf)));
      else if (named.has(next) && !finished.has(next)) way.push(visit(next));
    }
  }
  return cycles;
}

function stepOf({ key, followed }: Visit): readonly CycleStep[] {
  return followed ? [{ key, names: followed }] : [];
}

function fromFirstKey(cycle: readonly CycleStep[]): readonly CycleStep[] {
  const keys = cycle.map(({ key }) => key);
  const first = keys.indexOf(keys.toSorted()[0] ?? "");
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}
