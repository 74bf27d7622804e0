/** The checksum of a state file that a tenant leaves behind when it ends: the file with these bytes was whole. */
import { closeSync, openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { crc32 } from "node:zlib";

/** Bytes that are read at a time. */
const PORTION = 1 << 20;

const sealOf = (file: string) => `${file}-seal`;

/** Leaves the seal of a file that nobody writes to any more, in place of the one before. */
export function seal(file: string): void {
  try {
    writeFileSync(sealOf(file), checksum(file), { mode: 0o600 });
  } catch {
    // Where there is no room, the next start finds none that fits, and takes its time.
  }
}

/** Whether the file is, byte by byte, the one that was sealed. What was written since, or altered, makes it another one. */
export function isSealed(file: string): boolean {
  try {
    return readFileSync(sealOf(file), "utf8") === checksum(file);
  } catch {
    return false; // there is no seal, or SQLite will say what is wrong with the file
  }
}

function checksum(file: string): string {
  const portion = Buffer.allocUnsafe(PORTION);
  const descriptor = openSync(file, "r");
  try {
    let size = 0;
    let sum = 0;
    for (;;) {
      const count = readSync(descriptor, portion);
      if (count === 0) return `${size} ${sum.toString(16)}\n`;
      size += count;
      sum = crc32(portion.subarray(0, count), sum);
    }
  } finally {
    closeSync(descriptor);
  }
}
