import { createCipheriv, createHash, randomBytes } from "node:crypto";

/** Random bytes, as many as asked for. */
export type RandomSource = (length: number) => Uint8Array;

/** A source that gives the same bytes for the same seed; for runs that must repeat exactly, not for secrets that matter. */
export function seededSource(seed: string): RandomSource {
  const key = createHash("sha256").update(seed).digest();
  const stream = createCipheriv("aes-256-ctr", key, Buffer.alloc(16));
  return (length) => stream.update(Buffer.alloc(length));
}

const LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const URL_SAFE = `${LETTERS_AND_DIGITS}-_`;
/** Crockford's base 32, the alphabet of ULIDs. */
const BASE_32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Makes every identifier and secret of the tenant, in the shapes of Auth0's own. */
export interface Ids {
  /** `rol_`, `con_`, `cgr_`, `rul_`, `org_` … and 16 letters and digits. */
  prefixed(prefix: string): string;
  /** `cred_` and 22 letters and digits. */
  credential(): string;
  /** Letters and digits, as many as asked for. */
  alphanumeric(length: number): string;
  /** 24 lower-case hex digits: resource servers, the local part of a database user's id. */
  hex24(): string;
  /** 32 letters and digits. */
  clientId(): string;
  /** A URL-safe secret, 64 characters unless told: client secrets, codes, sessions, refresh tokens. */
  secret(length?: number): string;
  /** 26 characters that sort by `now` (milliseconds): hooks. */
  ulid(now: number): string;
  /** A random UUID: actions, their versions and bindings. */
  uuid(): string;
  /** Digits that sort by `now` (milliseconds): log entries. */
  log(now: number): string;
}

/** Ids from `source`; the system's cryptographic source if left out. */
export function createIds(source: RandomSource = randomBytes): Ids {
  const text = (alphabet: string, length: number): string => {
    // Bytes beyond the last whole multiple of the alphabet would make its first characters likelier.
    const limit = 256 - (256 % alphabet.length);
    let result = "";
    while (result.length < length)
      for (const byte of source(length - result.length))
        if (byte < limit) result += alphabet[byte % alphabet.length];
    return result;
  };
  const hex = (digits: number) => Buffer.from(source(digits / 2)).toString("hex");

  return {
    prefixed: (prefix) => `${prefix}_${text(LETTERS_AND_DIGITS, 16)}`,
    credential: () => `cred_${text(LETTERS_AND_DIGITS, 22)}`,
    alphanumeric: (length) => text(LETTERS_AND_DIGITS, length),
    hex24: () => hex(24),
    clientId: () => text(LETTERS_AND_DIGITS, 32),
    secret: (length = 64) => text(URL_SAFE, length),
    ulid: (now) => ulidTime(now) + text(BASE_32, 16),
    uuid: () => {
      const bytes = Buffer.from(source(16));
      bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6); // version 4
      bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8); // RFC 9562 variant
      return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    },
    log: (now) => `900${new Date(now).toISOString().replace(/\D/g, "")}${text("0123456789", 36)}`,
  };
}

/** The first ten characters of a ULID: 48 bits of milliseconds in base 32. */
function ulidTime(now: number): string {
  let rest = Math.floor(now);
  let result = "";
  for (let place = 0; place < 10; place++) {
    result = BASE_32.charAt(rest % 32) + result;
    rest = Math.floor(rest / 32);
  }
  return result;
}
