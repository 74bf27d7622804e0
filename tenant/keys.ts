import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
  SignJWT,
} from "jose";
import type { Clock } from "./clock.ts";
import type { JsonObject, SigningKey } from "./entities.ts";
import type { Ids } from "./ids.ts";
import type { Store } from "./store.ts";

/** The tenant's signing keys, kept in its store. */
export interface SigningKeys {
  /** The key set that `/.well-known/jwks.json` shows: public halves, the current one first. */
  jwks(): { readonly keys: readonly JWK[] };
  /** A JWT of exactly these claims, signed with the current key (RS256); `typ` is `JWT` unless told. */
  sign(claims: JWTPayload, typ?: string): Promise<string>;
  /** The claims of a JWT that one of the keys signed and that is valid now; rejects with jose's errors. */
  verify(token: string, options?: JWTVerifyOptions): Promise<JWTPayload>;
}

const ALGORITHM = "RS256";

/** The keys in `store`; the first one is made if there is none. */
export async function openSigningKeys(store: Store, clock: Clock, ids: Ids): Promise<SigningKeys> {
  if (!store.signing_keys.first({ is_current: true })) store.signing_keys.insert(await createKey(clock, ids));
  const imported = new Map<string, Promise<CryptoKey>>();
  const load = (kid: string, jwk: JsonObject, half: "public" | "private"): Promise<CryptoKey> => {
    const name = `${half} ${kid}`;
    const known = imported.get(name) ?? (importJWK(jwk as JWK, ALGORITHM) as Promise<CryptoKey>); // RSA keys, ours
    imported.set(name, known);
    return known;
  };

  return {
    jwks: () => ({
      keys: store.signing_keys
        .find({}, { newestFirst: true })
        .filter((key) => !key.revoked_at)
        .map((key) => ({ ...key.public_jwk, use: "sig", kid: key.kid, alg: key.alg })),
    }),
    sign: async (claims, typ = "JWT") => {
      const key = store.signing_keys.first({ is_current: true });
      if (!key) throw new Error("the tenant has no signing key");
      return new SignJWT(claims)
        .setProtectedHeader({ alg: key.alg, typ, kid: key.kid })
        .sign(await load(key.kid, key.private_jwk, "private"));
    },
    verify: async (token, options = {}) => {
      const { payload } = await jwtVerify(
        token,
        ({ kid }) => {
          const key = kid === undefined ? undefined : store.signing_keys.get(kid);
          if (!key || key.revoked_at) throw new Error(`no signing key "${kid}"`);
          return load(key.kid, key.public_jwk, "public");
        },
        { algorithms: [ALGORITHM], currentDate: new Date(clock.now()), ...options },
      );
      return payload;
    },
  };
}

async function createKey(clock: Clock, ids: Ids): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  return {
    kid: ids.secret(21),
    alg: ALGORITHM,
    public_jwk: (await exportJWK(publicKey)) as JsonObject, // a JWK is JSON
    private_jwk: (await exportJWK(privateKey)) as JsonObject,
    is_current: true,
    created_at: clock.iso(),
  };
}
