/** The certificate of a signing key, signed by itself: what SAML and WS-Fed peers of a client pin. DER as in RFC 5280. */
import { createHash, createPrivateKey, createPublicKey, type JsonWebKey, sign } from "node:crypto";
import type { SigningKey } from "./entities.ts";

/** A certificate for a domain, alone and as the only one in a PKCS #7 bundle (RFC 2315), both as PEM. */
export interface SigningCertificate {
  readonly cert: string;
  readonly pkcs7: string;
  readonly subject: string;
}

const YEARS = 13;

/** The certificate of `key`; the same key and domain give the same bytes. */
export function signingCertificate(key: SigningKey, domain: string): SigningCertificate {
  const certificate = signed(toBeSigned(key, domain), key);
  const bundle = sequence(
    SIGNED_DATA,
    explicit(sequence(integer([1]), set(), sequence(DATA), explicit(certificate), set())),
  );
  return { cert: pem("CERTIFICATE", certificate), pkcs7: pem("PKCS7", bundle), subject: `/CN=${domain}` };
}

function toBeSigned(key: SigningKey, domain: string): Buffer {
  const name = sequence(set(sequence(COMMON_NAME, der(0x0c, Buffer.from(domain)))));
  const end = new Date(key.created_at);
  end.setUTCFullYear(end.getUTCFullYear() + YEARS);
  // The leading one keeps the number positive and its encoding the shortest.
  const serial = integer([1, ...createHash("sha256").update(key.kid).digest().subarray(0, 8)]);
  return sequence(
    explicit(integer([2])), // version 3
    serial,
    SHA256_WITH_RSA,
    name,
    sequence(utcTime(new Date(key.created_at)), utcTime(end)),
    name,
    createPublicKey({ key: key.public_jwk as JsonWebKey, format: "jwk" }).export({
      type: "spki",
      format: "der",
    }),
  );
}

function signed(content: Buffer, { private_jwk }: SigningKey): Buffer {
  const privateKey = createPrivateKey({ key: private_jwk as JsonWebKey, format: "jwk" });
  const signature = sign("sha256", content, privateKey);
  return sequence(content, SHA256_WITH_RSA, der(0x03, Buffer.from([0]), signature));
}

function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...contents: readonly Uint8Array[]) => der(0x30, ...contents);
const set = (...contents: readonly Uint8Array[]) => der(0x31, ...contents);
const explicit = (...contents: readonly Uint8Array[]) => der(0xa0, ...contents);
const integer = (bytes: readonly number[]) => der(0x02, Buffer.from(bytes));
const objectId = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const utcTime = (date: Date) =>
  der(
    0x17,
    Buffer.from(
      `${date
        .toISOString()
        .replace(/\.\d+|[-:T]/g, "")
        .slice(2)}`,
    ),
  );

const COMMON_NAME = objectId("550403");
const DATA = objectId("2a864886f70d010701");
const SIGNED_DATA = objectId("2a864886f70d010702");
const SHA256_WITH_RSA = sequence(objectId("2a864886f70d01010b"), der(0x05));

const pem = (label: string, content: Buffer) =>
  `-----BEGIN ${label}-----\r\n${content.toString("base64").replace(/.{1,64}/g, "$&\r\n")}-----END ${label}-----\r\n`;
