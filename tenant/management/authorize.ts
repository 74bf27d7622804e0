import type { TenantContext } from "../context.ts";
import { badRequest, forbidden, unauthorized } from "./errors.ts";
import type { RequiredScopes } from "./operations.ts";
import { managementScopes } from "./scopes.ts";

/** Who calls, and what the token allows. */
export interface Caller {
  readonly clientId: string | undefined;
  readonly scopes: ReadonlySet<string>;
}

/** Finds out who calls: from the header to the caller, 401 or 400. */
export type Authenticate = (header: string | undefined) => Promise<Caller>;

/** A token that has been verified, with what time can still change about it. */
interface Verified extends Caller {
  /** Seconds since the epoch. */
  readonly notBefore: number;
  readonly expires: number;
}

/** Whoever has the token that was handed in at the start. */
const anything: Caller = {
  clientId: undefined,
  scopes: new Set(managementScopes.map(({ value }) => value)),
};

/** Tokens that are remembered at most. */
const REMEMBERED = 1000;

/**
 * Reads and checks the bearer token of each request: 401 without a valid one, 400 for a header of another form. The
 * signature of a token is checked once, until a signing key changes.
 */
export function createAuthenticator(context: TenantContext): Authenticate {
  const { clock, store } = context;
  const remembered = new Map<string, Verified>();
  let keys = store.signing_keys.version;

  return async (header) => {
    if (header === undefined) throw unauthorized("Missing authentication");
    if (keys !== store.signing_keys.version || remembered.size >= REMEMBERED) remembered.clear();
    keys = store.signing_keys.version;
    const now = clock.seconds();
    const known = remembered.get(header);
    if (known && known.notBefore <= now && now < known.expires) return known;
    remembered.delete(header);
    if (context.isManagementToken(header.replace(/^Bearer /i, ""))) return anything;
    const verified = await verify(context, readToken(header));
    if (keys === store.signing_keys.version) remembered.set(header, verified);
    return verified;
  };
}

function readToken(header: string): string {
  const token = /^Bearer ([^\s]+)$/i.exec(header)?.[1];
  if (token === undefined || token.split(".").length !== 3)
    throw badRequest("Bad HTTP authentication header format", "Bearer");
  return token;
}

async function verify(
  { keys, issuer, managementAudience: audience }: TenantContext,
  token: string,
): Promise<Verified> {
  try {
    const claims = await keys.verify(token, { issuer, audience, requiredClaims: ["exp"] });
    return {
      clientId: typeof claims.azp === "string" ? claims.azp : undefined,
      scopes: new Set(typeof claims.scope === "string" ? claims.scope.split(" ") : []),
      notBefore: claims.nbf ?? Number.NEGATIVE_INFINITY,
      expires: claims.exp ?? Number.NEGATIVE_INFINITY,
    };
  } catch (error) {
    // Auth0 tells an expired token apart and nothing else.
    const expired = error instanceof Error && "code" in error && error.code === "ERR_JWT_EXPIRED";
    throw unauthorized(expired ? "Expired token received for JSON Web Token validation" : "Invalid token");
  }
}

/** The scopes of the operation that the caller has; 403 `insufficient_scope` if they are not enough. */
export function requireScopes(required: RequiredScopes, held: ReadonlySet<string>): string[] {
  const accepted = "anyOf" in required ? required.anyOf : required.allOf;
  const used = accepted.filter((scope) => held.has(scope));
  const enough = "anyOf" in required ? used.length > 0 : used.length === accepted.length;
  if (enough) return used;
  const quantity = "anyOf" in required ? "any" : "all";
  throw forbidden(`Insufficient scope, expected ${quantity} of: ${accepted.join(",")}`, "insufficient_scope");
}
