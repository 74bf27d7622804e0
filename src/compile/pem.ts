// Public keys as texts: what Auth0 can verify a client's signature with.
import { createPublicKey } from "node:crypto";
import { z } from "zod";
import { law } from "./shape-parts.ts";

/** PEM of an RSA public key or an X.509 certificate with one; never of a private key. */
export const pem = z.string({ error: "text" }).check(
  law(
    "wrong-secrecy",
    (value) => !isPrivate(value),
    () =>
      "is a private key: make another pair, keep the private key where the client runs, and put the public one here",
    { conceal: true },
  ),
  law(
    "bad-value",
    (value) => isPrivate(value) || isRsaKey(value),
    () =>
      'is no RSA public key and no certificate with one; it starts with "-----BEGIN PUBLIC KEY-----" or "-----BEGIN CERTIFICATE-----"',
  ),
);

function isPrivate(text: string): boolean {
  return text.includes("PRIVATE KEY-----");
}

function isRsaKey(text: string): boolean {
  try {
    return createPublicKey(text).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}
