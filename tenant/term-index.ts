import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { PositionSet, readPositions } from "./position-set.ts";
import { Recent } from "./recent.ts";

/** One value of an entity at a path: `["app_metadata.plan", "pro"]`. */
export type Term = readonly [field: string, value: string | number];

/** A condition in SQL with its parameters. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly SQLInputValue[];
}

/** What is looked for: entities with a term whose `value` passes a test, and what can be made of such sets. */
export type Search =
  | { readonly kind: "term"; readonly field: string; readonly value: Condition }
  | { readonly kind: "every" | "any"; readonly of: readonly [Search, ...Search[]] }
  | { readonly kind: "not"; readonly of: Search };

/** The rows of one entity: its position and its terms, as JSON, are the parameters. */
const COLUMNS = "SELECT value ->> 0, value ->> 1, ? FROM json_each(?)";

/** How many sets are kept: those of the searches that are being paged through. */
const SETS = 64;
/** How many orders are kept: three fields that users are sorted by, up and down. */
const ORDERS = 6;

/**
 * Finds the entities of a table by any of their values: a table `<table>_terms` of field, value and position, in which
 * lists have a row for each item. Kept up to date by the collection, within its transactions.
 */
export class TermIndex<T> {
  readonly #database: DatabaseSync;
  readonly #table: string;
  readonly #termsOf: (entity: T) => readonly Term[];
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;
  readonly #clear: StatementSync;
  readonly #sets = new Recent<PositionSet>(SETS);
  readonly #orders = new Recent<Uint32Array>(ORDERS);

  constructor(database: DatabaseSync, table: string, termsOf: (entity: T) => readonly Term[]) {
    this.#database = database;
    this.#table = table;
    this.#termsOf = termsOf;
    database.exec(
      `CREATE TABLE IF NOT EXISTS ${table}_terms (
         field TEXT NOT NULL, value NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (field, value, position)
       ) WITHOUT ROWID`,
    );
    this.#insert = database.prepare(`INSERT OR IGNORE INTO ${table}_terms ${COLUMNS}`);
    this.#delete = database.prepare(
      `DELETE FROM ${table}_terms WHERE (field, value, position) IN (${COLUMNS})`,
    );
    this.#clear = database.prepare(`DELETE FROM ${table}_terms`);
  }

  /** The positions of all that a search finds. */
  find(search: Search): PositionSet {
    if (search.kind === "not") return this.#everything().without(this.find(search.of));
    if (search.kind === "term") return this.#having(search.field, search.value);
    const [first, ...more] = search.of;
    return more.reduce(
      (found, part) => (search.kind === "every" ? found.and(this.find(part)) : found.or(this.find(part))),
      this.find(first),
    );
  }

  /** All positions of the table in an order, such as `email DESC`. */
  ordered(by: string): Uint32Array {
    return this.#orders.get(by, () =>
      this.#positions(`(SELECT position FROM ${this.#table} ORDER BY ${by})`, []),
    );
  }

  /** Puts the terms of `after` in the place of those of `before`; undefined has none. */
  change(position: number, before: T | undefined, after: T | undefined): void {
    this.forget();
    const old = this.#encoded(before);
    const now = this.#encoded(after);
    const gone = old.difference(now);
    const come = now.difference(old);
    if (gone.size > 0) this.#delete.run(position, `[${[...gone].join()}]`);
    if (come.size > 0) this.#insert.run(position, `[${[...come].join()}]`);
  }

  /** Adds the terms of many at once, sorted, since each that comes alone may be written to another place of the disk. */
  fill(entities: Iterable<readonly [position: number, entity: T]>): void {
    this.forget();
    this.#database.exec("CREATE TEMP TABLE unsorted (field, value, position)");
    const insert = this.#database.prepare(`INSERT INTO unsorted ${COLUMNS}`);
    for (const [position, entity] of entities) insert.run(position, `[${[...this.#encoded(entity)].join()}]`);
    this.#database.exec(
      `INSERT INTO ${this.#table}_terms SELECT * FROM unsorted ORDER BY field, value, position;
       DROP TABLE unsorted;`,
    );
  }

  /** Forgets all terms. */
  clear(): void {
    this.forget();
    this.#clear.run();
  }

  /** Says that what was found is not true any more, since the table has changed. */
  forget(): void {
    this.#sets.clear();
    this.#orders.clear();
  }

  #having(field: string, { sql, parameters }: Condition): PositionSet {
    return this.#sets.get(JSON.stringify([field, sql, parameters]), () =>
      PositionSet.of(
        this.#positions(`${this.#table}_terms WHERE field = ? AND ${sql}`, [field, ...parameters]),
      ),
    );
  }

  #everything(): PositionSet {
    return this.#sets.get("", () => PositionSet.of(this.#positions(this.#table, [])));
  }

  #positions(from: string, parameters: readonly SQLInputValue[]): Uint32Array {
    const list = this.#database.prepare(`SELECT group_concat(position) AS list FROM ${from}`);
    const row = list.get(...parameters) as { readonly list: string | null }; // an aggregate has one row
    return readPositions(row.list);
  }

  #encoded(entity: T | undefined): Set<string> {
    return new Set(entity === undefined ? [] : this.#termsOf(entity).map((term) => JSON.stringify(term)));
  }
}
