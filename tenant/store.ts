import { DatabaseSync } from "node:sqlite";
import { checksumOf, enableChecksums } from "./checksums.ts";
import { Collection } from "./collection.ts";
import { type CollectionDefinition, type CollectionName, collections } from "./collections.ts";
import { seal } from "./seal.ts";
import { claimDatabase, prepareFile } from "./state-file.ts";

type CollectionOf<Definition> =
  Definition extends CollectionDefinition<infer T, infer Key, infer Index>
    ? Collection<T, Key, Index>
    : never;

/** What a store does beside its collections. */
interface StoreControl {
  /**
   * Runs `work` and commits what it wrote, or, if it throws, none of it. Synchronous, so that transactions never mix;
   * within another transaction it joins that one. Once it returns, the writes survive the death of the process.
   */
  transaction<Result>(work: () => Result): Result;
  /** What the tenant remembers of itself under this name (its certificate, its domain …), or undefined. */
  recall(name: string): unknown;
  /** Remembers a JSON value under a name, in place of what was there; `clear` and `load` do not touch it. */
  remember(name: string, value: unknown): void;
  /** Every entity of every collection, in the order of insertion. */
  dump(): StoreDump;
  /** Puts a dump in the place of everything that is stored. */
  load(dump: StoreDump): void;
  /** Forgets everything that is stored in the collections. */
  clear(): void;
  /** Ends the use of the store, and leaves the seal by which the next one on this directory knows it again. */
  close(): void;
}

/** The contents of a store as plain JSON: per collection its entities, in order. */
export type StoreDump = { readonly [Name in CollectionName]?: readonly unknown[] };

/** Everything the tenant stores: `store.users.get(id)`, `store.roles.find({ name })` … */
export type Store = {
  readonly [Name in CollectionName]: CollectionOf<(typeof collections)[Name]>;
} & StoreControl;

/**
 * The store in this directory, made if it is not there, or one in memory without a directory.
 * Throws a `TenantError`: `state-not-writable`, `state-in-use`, `state-damaged`, `state-newer`, `state-foreign`.
 */
export function openStore(directory?: string): Store {
  const file = directory === undefined ? ":memory:" : prepareFile(directory);
  const database = new DatabaseSync(file);
  try {
    enableChecksums(database);
    if (directory !== undefined) claimDatabase(database, file);
    return assemble(database, () => {
      database.close();
      if (directory !== undefined) seal(file);
    });
  } catch (error) {
    database.close();
    throw error;
  }
}

function assemble(database: DatabaseSync, close: () => void): Store {
  database.exec(
    `CREATE TABLE IF NOT EXISTS remembered (name TEXT PRIMARY KEY, value TEXT NOT NULL, ${checksumOf("value")})`,
  );
  const tables = Object.entries(collections).map(
    ([name, definition]): [string, Collection<unknown, string, string>] => [
      name,
      // Each definition has its own types; here only the names of its fields matter.
      new Collection(database, name, definition as unknown as CollectionDefinition<unknown, string, string>),
    ],
  );
  const recall = database.prepare("SELECT value FROM remembered WHERE name = ?");
  const remember = database.prepare("INSERT OR REPLACE INTO remembered (name, value) VALUES (?, ?)");

  const begin = database.prepare("BEGIN");
  const commit = database.prepare("COMMIT");
  const rollback = database.prepare("ROLLBACK");
  let open = false;
  const control: StoreControl = {
    transaction: (work) => {
      if (open) return work();
      begin.run();
      open = true;
      try {
        const result = work();
        if (result instanceof Promise)
          throw new TypeError("a transaction cannot wait: its work returned a promise");
        commit.run();
        return result;
      } catch (error) {
        rollback.run();
        for (const [, table] of tables) table.invalidate();
        throw error;
      } finally {
        open = false;
      }
    },
    recall: (name) => {
      const row = recall.get(name);
      return row && JSON.parse(String(row.value));
    },
    remember: (name, value) => {
      remember.run(name, JSON.stringify(value));
    },
    dump: () => Object.fromEntries(tables.map(([name, table]) => [name, table.find()])),
    load: (dump) =>
      control.transaction(() => {
        control.clear();
        for (const [name, table] of tables) table.insertAll(dump[name as CollectionName] ?? []); // names of `collections`
      }),
    clear: () =>
      control.transaction(() => {
        for (const [, table] of tables) table.deleteWhere({});
      }),
    close,
  };
  return { ...Object.fromEntries(tables), ...control } as Store; // built from the very table that the type maps over
}
