import type { Store, StoreDump } from "./store.ts";

/** What a fork begins with. */
export interface Origin {
  readonly collections: StoreDump;
  readonly remembered: Readonly<Record<string, unknown>>;
}

/** What a tenant remembers of itself and hands on to its forks: all but how often it was started. */
const HANDED_ON = ["tls", "deployer", "has connections"];

/** All that makes the tenant of this store. */
export function originOf(store: Store): Origin {
  return {
    collections: store.dump(),
    remembered: Object.fromEntries(HANDED_ON.map((name) => [name, store.recall(name)])),
  };
}

/** Makes an empty store one of the same tenant. */
export function continueAs(store: Store, { collections, remembered }: Origin): void {
  store.transaction(() => {
    store.load(collections);
    for (const [name, value] of Object.entries(remembered))
      if (value !== undefined) store.remember(name, value);
  });
}
