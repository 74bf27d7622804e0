import type { Clock } from "./clock.ts";
import { type CollectionName, collections } from "./collections.ts";
import type { Effect } from "./faults.ts";
import type { Store, StoreDump } from "./store.ts";

type Late = Extract<Effect, { kind: "late" }>;

/** Writes that are stored and that reads do not see yet, as where an index follows its data. */
export interface LateWrites {
  /** Runs `work` and keeps what it has written from reads, as long as `late` says. */
  write<Result>(late: Late, work: () => Result): Result;
  /** Runs `work`, which is a read of `operation`, on the state without the writes that are late for it. */
  read<Result>(operation: string, work: () => Result): Result;
  /** Shows everything. */
  clear(): void;
}

/** One entity that was written, before and after; absent where it was not there. */
interface Change {
  readonly collection: CollectionName;
  readonly key: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
}

interface LateWrite {
  readonly changes: readonly Change[];
  readonly until: number;
  readonly in: readonly string[] | undefined;
  readsLeft: number;
}

/** No late writes yet. */
export function createLateWrites(store: Store, clock: Clock): LateWrites {
  let pending: LateWrite[] = [];
  return {
    write: (late, work) => {
      const before = store.dump();
      const result = store.transaction(work);
      pending.push({
        changes: changesBetween(before, store.dump()),
        until: clock.now() + (late.milliseconds ?? Number.POSITIVE_INFINITY),
        in: late.in,
        readsLeft: late.reads ?? Number.POSITIVE_INFINITY,
      });
      return result;
    },
    read: (operation, work) => {
      pending = pending.filter(({ until, readsLeft }) => readsLeft > 0 && clock.now() < until);
      const hidden = pending.filter((each) => each.in?.includes(operation) ?? true);
      if (hidden.length === 0) return store.transaction(work);
      for (const write of hidden) write.readsLeft -= 1;
      return undone(store, () => {
        for (const { changes } of hidden.reverse()) for (const change of changes) revert(store, change);
        return work();
      });
    },
    clear: () => {
      pending = [];
    },
  };
}

/** Runs `work` in a transaction and takes back what it wrote; only its result is left. */
export function undone<Result>(store: Store, work: () => Result): Result {
  const back = Symbol("back");
  let result: { readonly value: Result } | undefined;
  try {
    store.transaction(() => {
      result = { value: work() };
      throw back;
    });
  } catch (error) {
    if (error !== back) throw error;
  }
  if (!result) throw new Error("the work of a transaction has not run");
  return result.value;
}

function changesBetween(before: StoreDump, after: StoreDump): Change[] {
  return (Object.keys(collections) as CollectionName[]).flatMap((collection) => {
    const old = byKey(collection, before);
    const now = byKey(collection, after);
    return [...new Set([...old.keys(), ...now.keys()])]
      .filter((name) => JSON.stringify(old.get(name)) !== JSON.stringify(now.get(name)))
      .map((name) => ({
        collection,
        key: JSON.parse(name) as string[], // written by `byKey`
        before: old.get(name),
        after: now.get(name),
      }));
  });
}

function byKey(collection: CollectionName, dump: StoreDump): Map<string, unknown> {
  const fields: readonly string[] = collections[collection].key;
  const entities = (dump[collection] ?? []) as readonly Readonly<Record<string, unknown>>[]; // entities are objects
  return new Map(entities.map((entity) => [JSON.stringify(fields.map((field) => entity[field])), entity]));
}

function revert(store: Store, { collection, key, before }: Change): void {
  // The keys and entities are the collection's own, which its type cannot say for a name that is a variable.
  const table = store[collection] as unknown as {
    get(...key: readonly string[]): unknown;
    insert(entity: unknown): unknown;
    replace(entity: unknown): unknown;
    delete(...key: readonly string[]): boolean;
  };
  if (before === undefined) table.delete(...key);
  else if (table.get(...key) === undefined) table.insert(before);
  else table.replace(before);
}
