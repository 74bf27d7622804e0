import type { DatabaseSync, StatementSync } from "node:sqlite";

/** One value of an entity at a path: `["app_metadata.plan", "pro"]`. */
export type Term = readonly [field: string, value: string | number];

/**
 * Finds the entities of a table by any of their values: a table `<table>_terms` of field, value and position, in which
 * lists have a row for each item. Kept up to date by the collection, within its transactions.
 */
export class TermIndex<T> {
  readonly #termsOf: (entity: T) => readonly Term[];
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;
  readonly #clear: StatementSync;

  constructor(database: DatabaseSync, table: string, termsOf: (entity: T) => readonly Term[]) {
    this.#termsOf = termsOf;
    database.exec(
      `CREATE TABLE IF NOT EXISTS ${table}_terms (
         field TEXT NOT NULL, value NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (field, value, position)
       ) WITHOUT ROWID`,
    );
    const columns = "SELECT value ->> 0, value ->> 1, ? FROM json_each(?)";
    this.#insert = database.prepare(`INSERT OR IGNORE INTO ${table}_terms ${columns}`);
    this.#delete = database.prepare(
      `DELETE FROM ${table}_terms WHERE (field, value, position) IN (${columns})`,
    );
    this.#clear = database.prepare(`DELETE FROM ${table}_terms`);
  }

  /** Puts the terms of `after` in the place of those of `before`; undefined has none. */
  change(position: number, before: T | undefined, after: T | undefined): void {
    const old = this.#encoded(before);
    const now = this.#encoded(after);
    const gone = old.difference(now);
    const come = now.difference(old);
    if (gone.size > 0) this.#delete.run(position, `[${[...gone].join()}]`);
    if (come.size > 0) this.#insert.run(position, `[${[...come].join()}]`);
  }

  /** Forgets all terms. */
  clear(): void {
    this.#clear.run();
  }

  #encoded(entity: T | undefined): Set<string> {
    return new Set(entity === undefined ? [] : this.#termsOf(entity).map((term) => JSON.stringify(term)));
  }
}
