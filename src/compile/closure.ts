/** The items and all that follows from them at any depth, each once, in the order they are met; cycles end where they begin. */
export function closure<T>(items: Iterable<T>, next: (item: T) => Iterable<T | undefined>): ReadonlySet<T> {
  const all = new Set(items);
  for (const each of all) for (const following of next(each)) if (following !== undefined) all.add(following);
  return all;
}
