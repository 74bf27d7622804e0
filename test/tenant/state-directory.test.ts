import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TenantError } from "../../tenant/errors.ts";
import { openStore } from "../../tenant/store.ts";

let directory: string;
beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), "rolebook-test-")), "state");
});
afterEach(() => rmSync(join(directory, ".."), { recursive: true, force: true }));

const role = (id: string) => ({ id, name: id, type: "tenant" }) as const;

/** The code and message with which opening the directory fails. */
function refusal(): { readonly code: string; readonly message: string } {
  try {
    openStore(directory).close();
  } catch (error) {
    if (error instanceof TenantError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error("the store opened");
}

/** Writes roles one by one, each in a transaction, and says on its output which one is done. */
const WRITER = `
  import { openStore } from ${JSON.stringify(join(import.meta.dirname, "../../tenant/store.ts"))};
  const store = openStore(process.argv[1]);
  for (let n = 0; ; n++) {
    store.transaction(() => store.roles.insert({ id: String(n), name: "r" + n, type: "tenant" }));
    process.stdout.write(n + "\\n");
  }`;

describe("the state directory", () => {
  it("keeps what was written for the next start", () => {
    const first = openStore(directory);
    first.roles.insert(role("rol_1"));
    first.remember("name", { value: 1 });
    first.close();
    const second = openStore(directory);
    expect(second.roles.get("rol_1")).toEqual(role("rol_1"));
    expect(second.recall("name")).toEqual({ value: 1 });
    second.close();
  });

  it("can be searched when a tenant without an index of values wrote it", () => {
    const store = openStore(directory);
    const identities = [{ connection: "db", user_id: "1", provider: "auth0", isSocial: false }] as const;
    for (const user_id of ["a|1", "a|2"])
      store.users.insert({ user_id, identities, created_at: "", updated_at: "" });
    store.close();
    const database = new DatabaseSync(join(directory, "tenant.db"));
    database.exec("DROP TABLE users_terms");
    database.close();
    const again = openStore(directory);
    const value = { sql: "value = ?", parameters: ["a|2"] };
    expect(again.users.search({ kind: "term", field: "user_id", value })).toMatchObject([{ user_id: "a|2" }]);
    again.close();
  });

  it("has every acknowledged write after a kill in the midst of writing", async () => {
    const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", WRITER, directory], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines = createInterface({ input: child.stdout });
    let acknowledged = -1;
    for await (const line of lines) {
      acknowledged = Number(line);
      if (acknowledged === 500) child.kill("SIGKILL");
    }
    if (child.signalCode === null) await once(child, "exit");
    expect(child.signalCode).toBe("SIGKILL");
    const store = openStore(directory);
    const ids = store.roles.find().map(({ id }) => Number(id));
    expect(ids.slice(0, acknowledged + 1)).toEqual(Array.from({ length: acknowledged + 1 }, (_, n) => n));
    store.close();
  });

  it("is for its owner only, the files in it too", () => {
    const store = openStore(directory);
    store.roles.insert(role("rol_1"));
    const modes = ["", "tenant.db", "tenant.db-wal"].map(
      (name) => statSync(join(directory, name)).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o600, 0o600]);
    store.close();
  });

  it("is refused while another tenant runs on it", () => {
    const running = openStore(directory);
    expect(refusal()).toEqual({ code: "state-in-use", message: expect.stringContaining("another tenant") });
    running.close();
    openStore(directory).close();
  });

  it("is refused when its file was cut off", () => {
    const store = openStore(directory);
    for (let n = 0; n < 2000; n++) store.roles.insert(role(`rol_${n}`));
    store.close();
    truncateSync(join(directory, "tenant.db"), 40_960);
    expect(refusal()).toEqual({
      code: "state-damaged",
      message: expect.stringContaining("delete the state directory"),
    });
  });

  it("is refused when its file is something else", () => {
    openStore(directory).close();
    writeFileSync(
      join(directory, "tenant.db"),
      "not a database, but long enough to be taken for one".repeat(100),
    );
    expect(refusal().code).toBe("state-damaged");
  });

  it("is refused when its database is another program's", () => {
    openStore(directory).close();
    rmSync(join(directory, "tenant.db"));
    const foreign = new DatabaseSync(join(directory, "tenant.db"));
    foreign.exec("CREATE TABLE songs (title TEXT)");
    foreign.close();
    expect(refusal().code).toBe("state-foreign");
  });

  it("is refused when a newer tenant wrote it", () => {
    openStore(directory).close();
    const database = new DatabaseSync(join(directory, "tenant.db"));
    database.exec("PRAGMA user_version = 99");
    database.close();
    expect(refusal()).toEqual({ code: "state-newer", message: expect.stringContaining("update Rolebook") });
  });

  it("is refused at once where the system lets nobody make a directory", () => {
    const made = directory;
    directory = "/proc/rolebook/state";
    expect(refusal().code).toBe("state-not-writable");
    directory = made;
  });

  it("is refused when it cannot be made", () => {
    writeFileSync(join(directory, "..", "file"), "");
    directory = join(directory, "..", "file", "state");
    expect(refusal()).toEqual({
      code: "state-not-writable",
      message: expect.stringContaining("choose another one"),
    });
    directory = join(directory, "..", "..", "state");
  });
});
