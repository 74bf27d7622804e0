import { generateKeyPair, generateKeyPairSync, type KeyPairKeyObjectResult } from "node:crypto";
import { promisify } from "node:util";
import type { CryptoKey, JWK, JWTPayload, JWTVerifyOptions } from "jose";
import { SignJWT } from "jose/jwt/sign";
import { jwtVerify } from "jose/jwt/verify";
import { importJWK } from "jose/key/import";
import type { Clock } from "./clock.ts";
import type { JsonObject, SigningKey } from "./entities.ts";
import type { Ids } from "./ids.ts";
import type { Store } from "./store.ts";

/** The tenant's signing keys, kept in its store: the current one, the next one, and those of before. */
export interface SigningKeys {
  /** The key set that `/.well-known/jwks.json` shows: public halves of all but the revoked, the current one first. */
  jwks(): { readonly keys: readonly JWK[] };
  /** A JWT of exactly these claims, signed with the current key (RS256); `typ` is `JWT` unless told. */
  sign(claims: JWTPayload, typ?: string): Promise<string>;
  /** The claims of a JWT that one of the keys signed and that is valid now; rejects with jose's errors. */
  verify(token: string, options?: JWTVerifyOptions): Promise<JWTPayload>;
  /** Every key: the current one, the next one, then those of before, newest first. */
  all(): readonly SigningKey[];
  /** Makes the next key the current one and returns the new next one; tokens of the old key stay valid. */
  rotate(): SigningKey;
  /** Tokens that a key of before has signed are valid no more. The key then, or undefined for a key that is not of before. */
  revoke(kid: string): SigningKey | undefined;
}

const ALGORITHM = "RS256";

/** Makes the current key if `store` has none; in the background, since it takes longer than the rest of a start. */
export async function ensureSigningKey(store: Store, clock: Clock, ids: Ids): Promise<void> {
  if (store.signing_keys.first({ is_current: true })) return;
  const key = keyOf(await promisify(generateKeyPair)("rsa", size), clock, ids);
  store.signing_keys.insert({ ...key, is_current: true, current_since: clock.iso() });
}

/** The keys in `store`, where `ensureSigningKey` has made the current one; the next one is made when it is first asked for. */
export function openSigningKeys(store: Store, clock: Clock, ids: Ids): SigningKeys {
  const keys = store.signing_keys;
  const imported = new Map<string, Promise<CryptoKey>>();
  const load = (kid: string, jwk: JsonObject, half: "public" | "private"): Promise<CryptoKey> => {
    const name = `${half} ${kid}`;
    const known = imported.get(name) ?? (importJWK(jwk as JWK, ALGORITHM) as Promise<CryptoKey>); // RSA keys, ours
    imported.set(name, known);
    return known;
  };
  const current = () => {
    const key = keys.first({ is_current: true });
    if (!key) throw new Error("the tenant has no signing key");
    return key;
  };
  const next = () => keys.find().find(isNext) ?? keys.insert(createKey(clock, ids));
  const all = () => {
    const upcoming = next();
    return [current(), upcoming, ...keys.find({}, { newestFirst: true }).filter(isPrevious)];
  };

  return {
    all,
    jwks: () => ({
      keys: all()
        .filter((key) => !key.revoked_at)
        .map((key) => ({ ...key.public_jwk, use: "sig", kid: key.kid, alg: key.alg })),
    }),
    sign: async (claims, typ = "JWT") => {
      const key = current();
      return new SignJWT(claims)
        .setProtectedHeader({ alg: key.alg, typ, kid: key.kid })
        .sign(await load(key.kid, key.private_jwk, "private"));
    },
    verify: async (token, options = {}) => {
      const { payload } = await jwtVerify(
        token,
        ({ kid }) => {
          const key = kid === undefined ? undefined : keys.get(kid);
          if (!key || key.revoked_at) throw new Error(`no signing key "${kid}"`);
          return load(key.kid, key.public_jwk, "public");
        },
        { algorithms: [ALGORITHM], currentDate: new Date(clock.now()), ...options },
      );
      return payload;
    },
    rotate: () =>
      store.transaction(() => {
        const upcoming = next();
        keys.replace({ ...current(), is_current: false, current_until: clock.iso() });
        keys.replace({ ...upcoming, is_current: true, current_since: clock.iso() });
        return next();
      }),
    revoke: (kid) => {
      const key = keys.get(kid);
      return key && isPrevious(key) ? keys.replace({ ...key, revoked_at: clock.iso() }) : undefined;
    },
  };
}

/** Whether a key was the current one once. */
const isPrevious = (key: SigningKey) => key.current_until !== undefined;

const isNext = (key: SigningKey) => !key.is_current && !isPrevious(key);

const size = { modulusLength: 2048 };

const createKey = (clock: Clock, ids: Ids) => keyOf(generateKeyPairSync("rsa", size), clock, ids);

function keyOf({ publicKey, privateKey }: KeyPairKeyObjectResult, clock: Clock, ids: Ids): SigningKey {
  return {
    kid: ids.secret(21),
    alg: ALGORITHM,
    public_jwk: publicKey.export({ format: "jwk" }) as JsonObject, // a JWK is JSON
    private_jwk: privateKey.export({ format: "jwk" }) as JsonObject,
    is_current: false,
    created_at: clock.iso(),
  };
}
