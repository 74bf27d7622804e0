import { createHash, createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import { badRequest } from "./errors.ts";

/** The RFC 7638 thumbprint (SHA-256, base64url) of the key in a PEM of a public key or a certificate. */
export function jwkThumbprint(pem: string): string {
  const { kty, n, e, crv, x, y } = publicKey(pem).export({ format: "jwk" });
  // Only the required members, in lexicographic order, without white space (RFC 7638, 3).
  const members = kty === "RSA" ? { e, kty, n } : { crv, kty, x, y };
  return sha256(JSON.stringify(members));
}

/** The SHA-256 of a certificate's DER, base64url. */
export const certificateThumbprint = (pem: string): string => sha256(certificate(pem).raw);

/** When a certificate ends, ISO 8601 with milliseconds. */
export const certificateExpiry = (pem: string): string => new Date(certificate(pem).validTo).toISOString();

/** A certificate's subject, one `KEY=value` a line in the certificate's order. */
export const certificateSubject = (pem: string): string => certificate(pem).subject;

/** What a connection tells of the certificate of its identity provider; undefined if the text is none. */
export function certificateFacts(pem: string) {
  const read = readCertificate(pem);
  if (!read) return undefined;
  return {
    expires: new Date(read.validTo).toISOString(),
    subject: Object.fromEntries(read.subject.split("\n").map(longName)),
    thumbprints: [read.fingerprint.replaceAll(":", "").toLowerCase()],
  };
}

/** A line of a subject with the attribute's name in full (RFC 4519). */
function longName(line: string): readonly [string, string] {
  const at = line.indexOf("=");
  const name = line.slice(0, at);
  return [LONG_NAMES[name] ?? name, line.slice(at + 1)];
}

const LONG_NAMES: Readonly<Record<string, string>> = {
  C: "countryName",
  CN: "commonName",
  L: "localityName",
  O: "organizationName",
  OU: "organizationalUnitName",
  ST: "stateOrProvinceName",
};

function publicKey(pem: string): KeyObject {
  try {
    return createPublicKey(pem);
  } catch {
    throw badRequest("Invalid PEM: expected a public key or a certificate");
  }
}

function certificate(pem: string): X509Certificate {
  const read = readCertificate(pem);
  if (!read) throw badRequest("Invalid PEM: expected a certificate");
  return read;
}

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("base64url");
