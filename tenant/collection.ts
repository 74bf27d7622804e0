import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { checksumOf } from "./checksums.ts";
import type { CollectionDefinition } from "./collections.ts";
import { type Condition, type Search, type Term, TermIndex } from "./term-index.ts";

/** A value that a look-up compares a field with. */
type Comparable = string | number | boolean;

/** Equality on some of the fields that a collection can be looked up by. */
export type Where<Field extends string> = { readonly [F in Field]?: Comparable };

/** Which part of the found entities, in which order; the order of insertion if nothing is said. */
export interface Selection<Field extends string> {
  readonly orderBy?: Field;
  readonly newestFirst?: boolean;
  readonly offset?: number;
  readonly limit?: number;
}

/** Some entities and where to go on: `next` is absent when these were the last. */
export interface Stretch<T> {
  readonly items: readonly T[];
  readonly next?: number;
}

/** The condition that all meet. */
const EVERYTHING = "TRUE";

interface Row {
  readonly position: number;
  readonly data: string;
}

/**
 * The stored entities of one kind, as JSON in one table, looked up by key or by index. Everything is synchronous; what
 * is written belongs to the transaction that is open (`Store.transaction`), or is committed at once without one.
 */
export class Collection<T, Key extends string, Index extends string> {
  readonly #database: DatabaseSync;
  readonly #table: string;
  readonly #keys: readonly Key[];
  readonly #paths: ReadonlyMap<string, string>;
  readonly #keyIs: string;
  readonly #statements = new Map<string, StatementSync>();
  readonly #terms: TermIndex<T> | undefined;
  #version = 0;

  constructor(database: DatabaseSync, table: string, definition: CollectionDefinition<T, Key, Index>) {
    this.#database = database;
    this.#table = table;
    this.#keys = definition.key;
    this.#paths = new Map<string, string>([
      ...definition.key.map((field): [string, string] => [field, `$.${field}`]),
      ...Object.entries<string>(definition.indexes),
    ]);
    this.#keyIs = this.#keys.map((field) => `${this.#field(field)} = ?`).join(" AND ");
    this.#createTable(definition);
    this.#terms = definition.terms && this.#openTerms(definition.terms);
  }

  /** Grows with each change, and with each that is taken back: what was derived at the same version is still true. */
  get version(): number {
    return this.#version;
  }

  /** Says that a transaction has been taken back. */
  invalidate(): void {
    this.#version += 1;
    this.#terms?.forget();
  }

  /** Stores a new entity and returns it; one with the same key is a bug and throws. */
  insert(entity: T): T {
    this.#version += 1;
    return this.#together(() => {
      const position = this.#append(entity);
      this.#terms?.change(position, undefined, entity);
      return entity;
    });
  }

  /** Stores many new entities, in this order. */
  insertAll(entities: readonly T[]): void {
    this.#version += 1;
    this.#together(() => {
      const stored = entities.map((entity) => [this.#append(entity), entity] as const);
      this.#terms?.fill(stored);
    });
  }

  /** The entity with this key, or undefined. */
  get(...key: readonly string[]): T | undefined {
    const row = this.#prepare(`SELECT data FROM ${this.#table} WHERE ${this.#keyIs}`).get(...key);
    return row && this.#parse(row.data);
  }

  /** Stores the entity in place of the one with its key, which keeps its place in the order, and returns it. */
  replace(entity: T): T {
    this.#version += 1;
    const key = this.#keys.map((field) => String((entity as Record<Key, unknown>)[field])); // key fields are strings
    return this.#together(() => {
      const before = this.#terms && this.#row(key);
      const update = this.#prepare(`UPDATE ${this.#table} SET data = ? WHERE ${this.#keyIs}`);
      update.run(JSON.stringify(entity), ...key);
      if (before) this.#terms?.change(before.position, this.#parse(before.data), entity);
      return entity;
    });
  }

  /** Removes the entity with this key; says whether it was there. */
  delete(...key: readonly string[]): boolean {
    this.#version += 1;
    return this.#together(() => {
      const before = this.#terms && this.#row(key);
      if (before) this.#terms?.change(before.position, this.#parse(before.data), undefined);
      return this.#prepare(`DELETE FROM ${this.#table} WHERE ${this.#keyIs}`).run(...key).changes > 0;
    });
  }

  /** Removes all that match and returns how many. */
  deleteWhere(where: Where<Key | Index>): number {
    this.#version += 1;
    const { sql, parameters } = this.#condition(where);
    return this.#together(() => {
      if (sql === EVERYTHING) this.#terms?.clear();
      else if (this.#terms)
        for (const { position, data } of this.#rows(sql, parameters))
          this.#terms.change(position, this.#parse(data), undefined);
      return Number(this.#prepare(`DELETE FROM ${this.#table} WHERE ${sql}`).run(...parameters).changes);
    });
  }

  /** All that match, in the order that `selection` asks for. */
  find(where: Where<Key | Index> = {}, selection: Selection<Key | Index> = {}): T[] {
    const { sql, parameters } = this.#condition(where);
    return this.#prepare(
      `SELECT data FROM ${this.#table} WHERE ${sql} ORDER BY ${this.#order(selection)} LIMIT ? OFFSET ?`,
    )
      .all(...parameters, selection.limit ?? -1, selection.offset ?? 0)
      .map((row) => this.#parse(row.data));
  }

  /** The first that matches, or undefined. */
  first(where: Where<Key | Index> = {}): T | undefined {
    return this.find(where, { limit: 1 })[0];
  }

  /** How many match. */
  count(where: Where<Key | Index> = {}): number {
    const { sql, parameters } = this.#condition(where);
    return Number(
      this.#prepare(`SELECT count(*) AS n FROM ${this.#table} WHERE ${sql}`).get(...parameters)?.n,
    );
  }

  /** All that a search finds, in the order that `selection` asks for; throws for a collection without terms. */
  search(search: Search, selection: Selection<Key | Index> = {}): T[] {
    const terms = this.#searchable();
    const found = terms.find(search);
    const positions = selection.orderBy
      ? terms
          .ordered(this.#order(selection))
          .values()
          .filter((position) => found.has(position))
      : found.positions(selection.newestFirst);
    const { offset = 0, limit = Number.POSITIVE_INFINITY } = selection;
    const row = this.#prepare(`SELECT data FROM ${this.#table} WHERE position = ?`);
    return positions
      .drop(offset)
      .take(limit)
      .map((position) => this.#parse(row.get(position)?.data))
      .toArray();
  }

  /** How many a search finds. */
  countFound(search: Search): number {
    return this.#searchable().find(search).size;
  }

  /** The next `take` that match, in the order of insertion, after the place that an earlier stretch named. */
  stretch(where: Where<Key | Index>, take: number, after = 0): Stretch<T> {
    const { sql, parameters } = this.#condition(where);
    const rows = this.#prepare(
      `SELECT position, data FROM ${this.#table} WHERE ${sql} AND position > ? ORDER BY position LIMIT ?`,
    ).all(...parameters, after, take + 1) as unknown as Row[]; // the columns that the statement names
    const items = rows.slice(0, take).map((row) => this.#parse(row.data));
    const last = rows[take - 1];
    return rows.length > take && last ? { items, next: last.position } : { items };
  }

  #createTable(definition: CollectionDefinition<T, Key, Index>): void {
    const table = this.#table;
    // AUTOINCREMENT: a position is never given twice, so that a checkpoint does not skip what came later.
    this.#database.exec(
      `CREATE TABLE IF NOT EXISTS ${table} (position INTEGER PRIMARY KEY AUTOINCREMENT, data TEXT NOT NULL, ${checksumOf("data")});
       CREATE UNIQUE INDEX IF NOT EXISTS ${table}_by_key ON ${table} (${this.#keys.map((key) => this.#field(key)).join()});`,
    );
    for (const name of Object.keys(definition.indexes))
      this.#database.exec(
        `CREATE INDEX IF NOT EXISTS ${table}_by_${name} ON ${table} (${this.#field(name)});`,
      );
  }

  /** The index of terms, filled with what a state of a tenant without one holds. */
  #openTerms(termsOf: (entity: T) => readonly Term[]): TermIndex<T> {
    const schema = this.#database.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?");
    const isKnown = schema.get(`${this.#table}_terms`) !== undefined;
    this.#database.exec("BEGIN");
    const terms = new TermIndex(this.#database, this.#table, termsOf);
    if (!isKnown) terms.fill(this.#stored());
    this.#database.exec("COMMIT");
    return terms;
  }

  *#stored(): Generator<readonly [position: number, entity: T]> {
    for (const { position, data } of this.#rows(EVERYTHING, [])) yield [position, this.#parse(data)];
  }

  /** Writes a new row and returns its position. */
  #append(entity: T): number {
    const insert = this.#prepare(`INSERT INTO ${this.#table} (data) VALUES (?)`);
    return Number(insert.run(JSON.stringify(entity)).lastInsertRowid);
  }

  #searchable(): TermIndex<T> {
    if (!this.#terms) throw new Error(`${this.#table} has no terms to search for`);
    return this.#terms;
  }

  #row(key: readonly string[]): Row | undefined {
    const row = this.#prepare(`SELECT position, data FROM ${this.#table} WHERE ${this.#keyIs}`).get(...key);
    return row as unknown as Row | undefined; // the columns that the statement names
  }

  #rows(condition: string, parameters: readonly SQLInputValue[]): Iterable<Row> {
    const rows = this.#prepare(`SELECT position, data FROM ${this.#table} WHERE ${condition}`);
    return rows.iterate(...parameters) as unknown as Iterable<Row>; // as above
  }

  /** Writes table and terms together, within the open transaction or in one of their own. */
  #together<Result>(write: () => Result): Result {
    if (!this.#terms || this.#database.isTransaction) return write();
    this.#database.exec("BEGIN");
    try {
      const result = write();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #field(name: string): string {
    return `data ->> '${this.#paths.get(name)}'`;
  }

  #order({ orderBy, newestFirst }: Selection<Key | Index>): string {
    const direction = newestFirst ? "DESC" : "ASC";
    return `${orderBy ? `${this.#field(orderBy)} ${direction}, ` : ""}position ${direction}`;
  }

  #condition(where: Where<Key | Index>): Condition {
    const given = Object.entries<Comparable | undefined>(where).filter((entry) => entry[1] !== undefined);
    return {
      sql: given.map(([field]) => `${this.#field(field)} = ?`).join(" AND ") || EVERYTHING,
      // SQLite reads JSON's true and false as 1 and 0.
      parameters: given.map(([, value]) => (typeof value === "boolean" ? Number(value) : (value ?? null))),
    };
  }

  #parse(data: unknown): T {
    return JSON.parse(String(data)) as T; // only `insert` and `replace` write the column
  }
}
