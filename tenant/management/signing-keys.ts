import type { SigningKey } from "../entities.ts";
import { badRequest, notFound } from "./errors.ts";
import { created, handlers, ok } from "./request.ts";

export const signingKeys = handlers({
  listSigningKeys: (_, { keys }) => ok(keys.all().map(toWire)),

  getSigningKey: ({ path }, { keys }) => {
    const key = keys.all().find(({ kid }) => kid === path.kid);
    if (!key) throw unknownKey();
    return ok(toWire(key));
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

/** Stored → wire: which of the three kinds the key is, without the key itself. */
function toWire({ kid, is_current, current_since, current_until, revoked_at }: SigningKey) {
  return {
    kid,
    ...(is_current && { current: true }),
    ...(!is_current && current_until === undefined && { next: true }),
    ...(current_until !== undefined && { previous: true, current_until }),
    ...(current_since !== undefined && { current_since }),
    ...(revoked_at !== undefined && { revoked: true, revoked_at }),
  };
}
