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

function publicKey(pem: string): KeyObject {
  try {
    return createPublicKey(pem);
  } catch {
    throw badRequest("Invalid PEM: expected a public key or a certificate");
  }
}

function certificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw badRequest("Invalid PEM: expected a certificate");
  }
}

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("base64url");
