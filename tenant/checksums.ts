import type { DatabaseSync } from "node:sqlite";
import { crc32 } from "node:zlib";

/** A column that holds the checksum of another one, as it was when that one was written. */
export const checksumOf = (column: string): string =>
  `checksum INTEGER GENERATED ALWAYS AS (crc32(${column})) STORED`;

/** Gives the database the function that `checksumOf` needs, before anything is read or written. */
export function enableChecksums(database: DatabaseSync): void {
  database.function("crc32", { deterministic: true }, (text) => crc32(String(text)));
}

/** The first table in which a row is not what was written, or undefined. SQLite itself checks its structure only. */
export function findAlteredTable(database: DatabaseSync): string | undefined {
  const tables = database
    .prepare(
      `SELECT tables.name, columns."from" FROM sqlite_schema AS tables
       JOIN (SELECT 'data' AS "from" UNION SELECT 'value') AS columns
       JOIN pragma_table_xinfo(tables.name) AS source ON source.name = columns."from"
       JOIN pragma_table_xinfo(tables.name) AS checksum ON checksum.name = 'checksum'
       WHERE tables.type = 'table'`,
    )
    .all();
  const altered = tables.find(({ name, from }) =>
    database.prepare(`SELECT 1 FROM ${name} WHERE checksum IS NOT crc32(${from}) LIMIT 1`).get(),
  );
  return altered && String(altered.name);
}
