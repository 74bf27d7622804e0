import type { JWTPayload } from "jose";
import { SignJWT } from "jose/jwt/sign";
import type { TenantContext } from "../context.ts";
import type { Client, ResourceServer } from "../entities.ts";

/** A signed access token for an API, for `lifetime` seconds, by its dialect's claims: HS256 with the API's secret, else RS256. */
export function signAccessToken(
  context: TenantContext,
  api: ResourceServer,
  client: Client,
  lifetime: number,
  claims: JWTPayload,
): Promise<string> {
  const rfc9068 = api.token_dialect?.startsWith("rfc9068") ?? false;
  const { gty, ...rest } = claims;
  const complete = {
    iss: context.issuer,
    ...rest,
    iat: context.clock.seconds(),
    exp: context.clock.seconds() + lifetime,
    ...(rfc9068
      ? { client_id: client.client_id, jti: context.ids.secret(22) }
      : { azp: client.client_id, ...(gty !== undefined && { gty }) }),
  };
  const typ = rfc9068 ? "at+jwt" : "JWT";
  return api.signing_alg === "HS256" && api.signing_secret !== undefined
    ? signSymmetric(complete, typ, api.signing_secret)
    : context.keys.sign(complete, typ);
}

/** A signed ID token: HS256 with the client's secret where the client is set so, else RS256. */
export function signIdToken(context: TenantContext, client: Client, claims: JWTPayload): Promise<string> {
  const { alg, lifetime_in_seconds } = client.jwt_configuration ?? {};
  const lifetime = typeof lifetime_in_seconds === "number" ? lifetime_in_seconds : 36_000;
  const iat = context.clock.seconds();
  const complete = { iss: context.issuer, aud: client.client_id, ...claims, iat, exp: iat + lifetime };
  return alg === "HS256" && client.client_secret !== undefined
    ? signSymmetric(complete, "JWT", client.client_secret)
    : context.keys.sign(complete);
}

function signSymmetric(claims: JWTPayload, typ: string, secret: string): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: "HS256", typ }).sign(Buffer.from(secret));
}
