/** What has one key in two states; one of them is undefined for what is new or gone. */
export interface Pair<T> {
  readonly key: string;
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** The things of both states by their keys, sorted. */
export function pairsOf<T extends { readonly key: string }>(
  base: readonly T[],
  head: readonly T[],
): readonly Pair<T>[] {
  const before = new Map(base.map((each) => [each.key, each]));
  const after = new Map(head.map((each) => [each.key, each]));
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.map((key) => ({ key, before: before.get(key), after: after.get(key) }));
}

/** What only the second list has, and what only the first has. */
export function listDifference<T extends string>(
  before: readonly T[],
  after: readonly T[],
): { readonly added: readonly T[]; readonly removed: readonly T[] } {
  return {
    added: after.filter((each) => !before.includes(each)),
    removed: before.filter((each) => !after.includes(each)),
  };
}
