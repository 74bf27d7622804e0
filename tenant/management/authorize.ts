import type { JWTPayload } from "jose";
import type { TenantContext } from "../context.ts";
import { badRequest, forbidden, unauthorized } from "./errors.ts";
import type { RequiredScopes } from "./operations.ts";
import { managementScopes } from "./scopes.ts";

/** Who calls, and what the token allows. */
export interface Caller {
  readonly clientId: string | undefined;
  readonly scopes: ReadonlySet<string>;
}

/** Whoever has the token that was handed in at the start. */
const anything: Caller = {
  clientId: undefined,
  scopes: new Set(managementScopes.map(({ value }) => value)),
};

/** Reads and checks the bearer token of a request: 401 without a valid one, 400 for a header of another form. */
export async function authenticate(context: TenantContext, header: string | undefined): Promise<Caller> {
  if (header === undefined) throw unauthorized("Missing authentication");
  if (context.isManagementToken(header.replace(/^Bearer /i, ""))) return anything;
  const token = /^Bearer ([^\s]+)$/i.exec(header)?.[1];
  if (token === undefined || token.split(".").length !== 3)
    throw badRequest("Bad HTTP authentication header format", "Bearer");
  const claims = await verify(context, token);
  return {
    clientId: typeof claims.azp === "string" ? claims.azp : undefined,
    scopes: new Set(typeof claims.scope === "string" ? claims.scope.split(" ") : []),
  };
}

async function verify(context: TenantContext, token: string): Promise<JWTPayload> {
  const { issuer, managementAudience: audience } = context;
  try {
    return await context.keys.verify(token, { issuer, audience, requiredClaims: ["exp"] });
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
