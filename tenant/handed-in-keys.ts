import { createPrivateKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import type { Clock } from "./clock.ts";
import type { JsonObject } from "./entities.ts";
import { TenantError } from "./errors.ts";
import type { Ids } from "./ids.ts";
import type { Store } from "./store.ts";

/** A private RSA key: PEM, or a JWK as an object or as JSON. A `kid` in the JWK is kept. */
export type HandedInKey = string | Readonly<Record<string, unknown>>;

const rsaKey = z.looseObject({ kty: z.literal("RSA"), n: z.string(), e: z.string(), d: z.string() });
const LEAST_BITS = 2048;

/**
 * Makes the first of `handedIn` the current signing key and the second the next one, in place of those in `store`; keys
 * of before stay. Throws a `TenantError` `bad-signing-key` for what is no private RSA key of 2048 bits.
 */
export function handInKeys(store: Store, clock: Clock, ids: Ids, handedIn: readonly HandedInKey[]): void {
  const keys = handedIn.map((key) => {
    const jwk = read(key);
    return { kid: typeof jwk.kid === "string" ? jwk.kid : ids.secret(21), jwk };
  });
  store.transaction(() => {
    const isKnown = keys.every(({ jwk }) =>
      store.signing_keys.find().some((key) => key.private_jwk.n === jwk.n),
    );
    if (isKnown) return; // a start with the keys of the last one, which may have been rotated since
    for (const key of store.signing_keys.find())
      if (key.current_until === undefined) store.signing_keys.delete(key.kid);
    for (const [place, { kid, jwk }] of keys.entries()) {
      const { kid: _, ...private_jwk } = jwk;
      store.signing_keys.insert({
        kid,
        alg: "RS256",
        public_jwk: { kty: jwk.kty, n: jwk.n, e: jwk.e },
        private_jwk: private_jwk as JsonObject, // a JWK is JSON
        is_current: place === 0,
        created_at: clock.iso(),
        ...(place === 0 && { current_since: clock.iso() }),
      });
    }
  });
}

function read(key: HandedInKey): z.infer<typeof rsaKey> {
  const { object, kid } = parse(key);
  if (object?.asymmetricKeyType !== "rsa" || (object.asymmetricKeyDetails?.modulusLength ?? 0) < LEAST_BITS)
    throw new TenantError(
      "bad-signing-key",
      `a signing key is no private RSA key of at least ${LEAST_BITS} bits; hand in PEM or a JWK`,
    );
  return { ...rsaKey.parse(object.export({ format: "jwk" })), ...(typeof kid === "string" && { kid }) };
}

function parse(key: HandedInKey): { readonly object?: KeyObject; readonly kid?: unknown } {
  try {
    if (typeof key === "string" && key.trimStart().startsWith("-----"))
      return { object: createPrivateKey(key) };
    const jwk = typeof key === "string" ? JSON.parse(key) : key;
    return { object: createPrivateKey({ key: jwk, format: "jwk" }), kid: jwk.kid };
  } catch {
    return {}; // whoever handed it in is told by `read`, which does not repeat the key
  }
}
