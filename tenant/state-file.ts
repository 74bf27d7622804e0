/** The state directory on the disk: its file, its modes, and what is checked before a byte of it is believed. */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { findAlteredTable } from "./checksums.ts";
import { TenantError, type TenantErrorCode } from "./errors.ts";
import { isSealed } from "./seal.ts";
import { isAltered } from "./write-ahead-log.ts";

/** Marks a database as a tenant's state: the letters `Role` in SQLite's `application_id`. */
const APPLICATION_ID = 0x526f6c65;
/** Counts up when a state can no longer be read by the tenant before. */
const FORMAT = 1;

/** Kibibytes of the database that are kept in memory: most of the indexes of 100,000 users, within 300 MB for the process. */
const CACHE = 32_768;

/**
 * The path of the state file, made empty if it is not there: mode 0600 in a directory of mode 0700, since secrets
 * and password hashes are in it. SQLite gives its companions (`-wal`) the same mode.
 */
export function prepareFile(directory: string): string {
  const file = join(directory, "tenant.db");
  try {
    makeDirectory(resolve(directory));
    chmodSync(directory, 0o700);
    closeSync(openSync(file, "a", 0o600));
    chmodSync(file, 0o600);
  } catch (error) {
    throw new TenantError(
      "state-not-writable",
      `the state directory "${directory}" cannot be written (${reason(error)}); choose another one, or make it yours and writable`,
      { cause: error },
    );
  }
  return file;
}

/** Node's own `recursive` never comes back from a directory below one that cannot be written to, such as `/proc`. */
function makeDirectory(directory: string): void {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(directory) !== directory) makeDirectory(dirname(directory));
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    // Somebody else was first.
    if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/** Takes the database for this process alone until it ends, however it ends, and makes sure that it can be believed. */
export function claimDatabase(database: DatabaseSync, file: string): void {
  try {
    if (isEmptied(file)) throw damaged(file, "it is empty");
    if (isAltered(`${file}-wal`)) throw damaged(file, "its write-ahead log is not what was written");
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    database.exec(`PRAGMA cache_size = -${CACHE};`);
    const { application_id: owner } = database.prepare("PRAGMA application_id").get() ?? {};
    const { user_version: format } = database.prepare("PRAGMA user_version").get() ?? {};
    const { tables } = database.prepare("SELECT count(*) AS tables FROM sqlite_schema").get() ?? {};
    if (tables !== 0) check(database, file, Number(owner), Number(format));
    // A write takes the exclusive lock that `locking_mode` then keeps.
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${FORMAT};`);
  } catch (error) {
    throw error instanceof TenantError ? error : translate(error, file);
  }
}

/** Whether nothing is left of a state: a tenant that once ran has left its authority beside it. */
const isEmptied = (file: string) => statSync(file).size === 0 && existsSync(join(dirname(file), "ca.pem"));

function check(database: DatabaseSync, file: string, owner: number, format: number): void {
  if (owner !== APPLICATION_ID)
    throw new TenantError(
      "state-foreign",
      `"${file}" is a database of some other program; choose another state directory`,
    );
  if (format > FORMAT)
    throw new TenantError(
      "state-newer",
      `"${file}" was written by a newer tenant (format ${format}, this one reads up to ${FORMAT}); update Rolebook, or choose another state directory`,
    );
  // The log of writes has checksums of its own: what is behind a sealed file is whole, too.
  if (isSealed(file)) return;
  const { integrity_check: verdict } = database.prepare("PRAGMA integrity_check(1)").get() ?? {};
  if (verdict !== "ok") throw damaged(file, String(verdict));
  const altered = findAlteredTable(database);
  if (altered !== undefined) throw damaged(file, `what is in "${altered}" is not what was written`);
}

/** SQLite's primary result codes, https://www.sqlite.org/rescode.html. */
const RESULT_CODES: Readonly<Record<number, TenantErrorCode>> = {
  5: "state-in-use", // SQLITE_BUSY
  8: "state-not-writable", // SQLITE_READONLY
  10: "state-not-writable", // SQLITE_IOERR
  11: "state-damaged", // SQLITE_CORRUPT
  13: "state-not-writable", // SQLITE_FULL
  14: "state-not-writable", // SQLITE_CANTOPEN
  26: "state-damaged", // SQLITE_NOTADB
};

function translate(error: unknown, file: string): unknown {
  const extended = error instanceof Error && "errcode" in error ? Number(error.errcode) : 0;
  const code = RESULT_CODES[extended & 0xff];
  if (code === "state-damaged") return damaged(file, reason(error));
  if (code === "state-in-use")
    return new TenantError(
      code,
      `another tenant is running on "${file}"; stop it first, or choose another state directory`,
      { cause: error },
    );
  if (code === "state-not-writable")
    return new TenantError(
      code,
      `"${file}" cannot be written (${reason(error)}); make room, or choose another state directory`,
      { cause: error },
    );
  return error;
}

function damaged(file: string, detail: string): TenantError {
  return new TenantError(
    "state-damaged",
    `"${file}" is damaged (${detail}); put a copy back, or delete the state directory to start with an empty tenant`,
  );
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && String(error.code).startsWith("E") && !String(error.code).startsWith("ERR_")
    ? String(error.code)
    : error.message;
}
