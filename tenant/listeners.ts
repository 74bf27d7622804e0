/** Whoever wants to be told of each thing of a kind as it happens. */
export interface Listeners<Thing> {
  /** Tells `listener` of each thing from now on; the result ends that. */
  add(listener: (thing: Thing) => void): () => void;
  tell(thing: Thing): void;
}

/** Listeners of which the first, if given, is told as long as there is something to tell. */
export function createListeners<Thing>(first?: (thing: Thing) => void): Listeners<Thing> {
  const all = new Set<(thing: Thing) => void>(first && [first]);
  return {
    add: (listener) => {
      all.add(listener);
      return () => void all.delete(listener);
    },
    tell: (thing) => {
      for (const listener of all) listener(thing);
    },
  };
}
