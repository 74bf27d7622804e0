import { appendFileSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isSealed, seal } from "../../tenant/seal.ts";
import { openStore } from "../../tenant/store.ts";

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "rolebook-test-"));
  file = join(directory, "tenant.db");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe("the seal of a state", () => {
  it("fits the file that it was made of, and none with another byte, fewer or more", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 5000 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (bytes, place, change) => {
          writeFileSync(file, bytes);
          seal(file);
          expect(isSealed(file)).toBe(true);
          const altered = Uint8Array.from(bytes);
          altered[place % bytes.length] = (altered[place % bytes.length] ?? 0) ^ change;
          writeFileSync(file, altered);
          expect(isSealed(file)).toBe(false);
          writeFileSync(file, bytes);
          appendFileSync(file, "\0");
          expect(isSealed(file)).toBe(false);
          truncateSync(file, bytes.length);
          expect(isSealed(file)).toBe(true);
          truncateSync(file, bytes.length - 1);
          expect(isSealed(file)).toBe(false);
        },
      ),
    );
  });

  it("fits a file that is larger than what is read at a time", () => {
    writeFileSync(file, Buffer.alloc(3_000_000, "state"));
    seal(file);
    expect(isSealed(file)).toBe(true);
  });

  it("fits nothing if it is half written, or not there", () => {
    writeFileSync(file, "state");
    expect(isSealed(file)).toBe(false);
    seal(file);
    truncateSync(`${file}-seal`, 3);
    expect(isSealed(file)).toBe(false);
  });

  it("is left by a tenant that ends, for its owner only, and fits what the next one finds", () => {
    const store = openStore(directory);
    store.roles.insert({ id: "rol_1", name: "buyer", type: "tenant" });
    expect(isSealed(file)).toBe(false);
    store.close();
    expect(isSealed(file)).toBe(true);
    expect(statSync(`${file}-seal`).mode & 0o777).toBe(0o600);
  });

  it("need not fit a whole state to be read", () => {
    openStore(directory).close();
    rmSync(`${file}-seal`);
    openStore(directory).close();
    expect(isSealed(file)).toBe(true);
  });
});
