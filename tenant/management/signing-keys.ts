import { X509Certificate } from "node:crypto";
import type { SigningKey } from "../entities.ts";
import { signingCertificate } from "../signing-certificate.ts";
import { badRequest, notFound } from "./errors.ts";
import { created, handlers, ok } from "./request.ts";

export const signingKeys = handlers({
  listSigningKeys: (_, { keys, domain }) => ok(keys.all().map((key) => toWire(key, domain))),

  getSigningKey: ({ path }, { keys, domain }) => {
    const key = keys.all().find(({ kid }) => kid === path.kid);
    if (!key) throw unknownKey();
    return ok(toWire(key, domain));
  },

  rotateSigningKey: (_, { keys }) => {
    const { kid } = keys.rotate();
    return created({ kid });
  },

  revokeSigningKey: ({ path }, { keys }) => {
    if (!keys.all().some(({ kid }) => kid === path.kid)) throw unknownKey();
    const revoked = keys.revoke(path.kid);
    if (!revoked) throw badRequest("Only a key that was used before can be revoked", "invalid_key_state");
    return ok({ kid: revoked.kid });
  },
});

const unknownKey = () => notFound("The signing key does not exist", "inexistent_signing_key");

/** Stored → wire: which of the three kinds the key is, and its certificate in place of the key itself. */
function toWire(key: SigningKey, domain: string) {
  const { kid, is_current, current_since, current_until, revoked_at } = key;
  const { cert, pkcs7 } = signingCertificate(key, domain);
  const { fingerprint } = new X509Certificate(cert);
  return {
    kid,
    cert,
    pkcs7,
    fingerprint,
    thumbprint: fingerprint.replaceAll(":", ""),
    ...(is_current && { current: true }),
    ...(!is_current && current_until === undefined && { next: true }),
    ...(current_until !== undefined && { previous: true, current_until }),
    ...(current_since !== undefined && { current_since }),
    ...(revoked_at !== undefined && { revoked: true, revoked_at }),
  };
}
