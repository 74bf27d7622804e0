import { createPublicKey, type KeyObject } from "node:crypto";
import type { JWTHeaderParameters, JWTPayload } from "jose";
import { decodeJwt } from "jose/jwt/decode";
import { jwtVerify } from "jose/jwt/verify";
import type { TenantContext } from "../context.ts";
import type { Client, Credential } from "../entities.ts";
import { OAuthError } from "./errors.ts";

export const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** Seconds that an assertion may last at most. */
const LONGEST = 300;
const LONGEST_JTI = 64;

/** The client that an assertion says it is from, not verified; undefined for what is no JWT. */
export function clientOfAssertion(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).sub;
  } catch {
    return undefined;
  }
}

/**
 * Refuses (401 `invalid_client`) an assertion that is not the client's own: signed with one of its credentials that is in
 * force, for this tenant, for five minutes at most, and never shown before.
 * @see Auth0 docs, get-started/authentication-and-authorization-flow/authenticate-with-private-key-jwt
 */
export async function verifyAssertion(
  context: TenantContext,
  client: Client,
  assertion: string,
): Promise<void> {
  const claims = await claimsOf(context, client, assertion);
  const { clock, store } = context;
  const { jti, exp = 0 } = claims;
  if (exp - clock.seconds() > LONGEST) throw refused("it lasts longer than five minutes");
  if (typeof jti !== "string" || jti === "" || jti.length > LONGEST_JTI)
    throw refused(`its jti must have 1 to ${LONGEST_JTI} characters`);
  const { client_id } = client;
  store.transaction(() => {
    if (store.used_assertions.get(client_id, jti)) throw refused("its jti was used before");
    store.used_assertions.insert({ client_id, jti, expires_at: exp * 1000 });
  });
}

async function claimsOf(context: TenantContext, client: Client, assertion: string): Promise<JWTPayload> {
  for (const { pem, alg = "RS256", kid } of credentialsInForce(context, client)) {
    const key = (header: JWTHeaderParameters): KeyObject => {
      if (header.kid !== undefined && kid !== undefined && header.kid !== kid) throw new Error("another key");
      return createPublicKey(pem);
    };
    try {
      const { payload } = await jwtVerify(assertion, key, {
        algorithms: [alg],
        issuer: client.client_id,
        subject: client.client_id,
        audience: [context.issuer, `${context.issuer}oauth/token`],
        requiredClaims: ["exp"],
        currentDate: new Date(context.clock.now()),
      });
      return payload;
    } catch {
      // The next credential may fit.
    }
  }
  throw refused("no credential of the client verifies it");
}

/** The client's credentials for signed assertions that have a key and have not ended. */
function credentialsInForce(
  { store, clock }: TenantContext,
  client: Client,
): (Credential & { readonly pem: string })[] {
  const method = client.client_authentication_methods?.private_key_jwt as
    | { readonly credentials?: readonly { readonly id: string }[] }
    | undefined; // validated when stored
  return (method?.credentials ?? []).flatMap(({ id }) => {
    const credential = store.credentials.get(id);
    if (credential?.pem === undefined) return [];
    const { expires_at, pem } = credential;
    return expires_at !== undefined && Date.parse(expires_at) <= clock.now() ? [] : [{ ...credential, pem }];
  });
}

const refused = (why: string) => new OAuthError(401, "invalid_client", `Invalid client assertion: ${why}`);
