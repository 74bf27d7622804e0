import { readFileSync } from "node:fs";

// The file's format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log

const HEADER = 32;
const FRAME_HEADER = 24;
/** Followed by 0 or 1, which says whether checksums are over little-endian or big-endian words. */
const MAGIC = 0x377f0682;

/**
 * Whether a write-ahead log has bytes that are not what was written. SQLite reads such a log up to the first of them and
 * forgets what comes after, acknowledged or not. The end of a log may be torn by a kill, which is no damage: only the end
 * of a transaction behind a broken frame shows that somebody altered it. False if there is no log.
 */
export function isAltered(file: string): boolean {
  const log = read(file);
  if (log.length < HEADER) return false;
  const magic = log.readUInt32BE(0);
  if (magic !== MAGIC && magic !== MAGIC + 1) return true;
  const sum = createChecksum(log, magic === MAGIC);
  sum.add(0, HEADER - 8);
  if (!sum.isAt(HEADER - 8)) return true;

  const size = FRAME_HEADER + log.readUInt32BE(8);
  const salt = log.subarray(16, 24);
  let isBroken = false;
  for (let frame = HEADER; frame + size <= log.length; frame += size) {
    // Another salt is one of an earlier log that was in this file, overwritten from its beginning.
    const isOfThisLog = log.subarray(frame + 8, frame + 16).equals(salt);
    if (isBroken || !isOfThisLog) {
      isBroken = true;
      // What a transaction wrote that was taken back may stand here too, but never the end of one.
      const isCommit = log.readUInt32BE(frame + 4) !== 0;
      if (isOfThisLog && isCommit) return true;
    } else {
      sum.add(frame, 8);
      sum.add(frame + FRAME_HEADER, size - FRAME_HEADER);
      isBroken = !sum.isAt(frame + 16);
    }
  }
  return false;
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0); // there is none, or SQLite will say what is wrong with it
  }
}

/** The running checksum of a log: two words, each of which takes the other into the next. */
function createChecksum(log: Buffer, isLittleEndian: boolean) {
  let first = 0;
  let second = 0;
  return {
    add(start: number, length: number): void {
      const view = new DataView(log.buffer, log.byteOffset + start, length);
      for (let place = 0; place < length; place += 8) {
        first = (first + view.getUint32(place, isLittleEndian) + second) >>> 0;
        second = (second + view.getUint32(place + 4, isLittleEndian) + first) >>> 0;
      }
    },
    isAt: (place: number) => log.readUInt32BE(place) === first && log.readUInt32BE(place + 4) === second,
  };
}
