import { createHash } from "node:crypto";
import type { TenantContext } from "../context.ts";
import type { Client } from "../entities.ts";
import type { AuthorizationCode } from "../login-entities.ts";
import { isPublic } from "./client-authentication.ts";
import { connectionOf } from "./connections.ts";
import { invalidGrant } from "./errors.ts";
import { stillIn } from "./organizations.ts";
import { type Parameters, required, scopesOf } from "./request.ts";
import type { Grant } from "./token.ts";
import { revokeFamily } from "./token-families.ts";
import { issueUserTokens } from "./user-tokens.ts";

/** The tokens of a login at /authorize, for its code; a code works once, for its client, with its verifier (RFC 7636). */
export const authorizationCode: Grant = async (context, { client, parameters }) => {
  const familyId = context.ids.secret(16);
  const code = redeem(context, client, required(parameters, "code"), familyId);
  if (parameters.redirect_uri !== undefined && parameters.redirect_uri !== code.redirect_uri)
    throw invalidGrant(
      `The redirect URI is wrong. You sent ${parameters.redirect_uri}, and we expected ${code.redirect_uri}`,
    );
  requireVerifier(client, code, parameters);
  const user = context.store.users.get(code.user_id);
  const connection = connectionOf(context, client, code.connection);
  if (!user || !connection) throw invalidGrant("Invalid authorization code");
  return issueUserTokens(context, {
    client,
    connection,
    user,
    audience: code.audience,
    organization: stillIn(context, code.organization_id, user),
    requestedScopes: scopesOf(code.scope),
    sessionId: code.session_id,
    authTime: code.auth_time,
    customizations: code.customizations,
    allIfNoneRequested: false,
    nonce: code.nonce,
    withAuthTime: code.with_auth_time,
    withRefreshToken: true,
    familyId,
  });
};

/**
 * The stored code, which is used up by that, whatever comes after. One that is shown again was stolen: what was given for
 * it ends (RFC 6749, 4.1.2).
 */
function redeem(context: TenantContext, client: Client, code: string, family_id: string): AuthorizationCode {
  const { store, clock } = context;
  const found = store.authorization_codes.get(code);
  const now = clock.now();
  if (!found || found.client_id !== client.client_id) throw invalidGrant("Invalid authorization code");
  if (found.used_at !== undefined && found.family_id !== undefined) revokeFamily(context, found.family_id);
  if (found.used_at !== undefined || found.expires_at <= now)
    throw invalidGrant("Invalid authorization code");
  return store.authorization_codes.replace({ ...found, used_at: now, family_id });
}

/** A client without a secret has nothing but the verifier to show that the code was meant for it. */
function requireVerifier(client: Client, code: AuthorizationCode, parameters: Parameters): void {
  if (code.code_challenge === undefined && !isPublic(client) && parameters.code_verifier === undefined)
    return;
  const verifier = required(parameters, "code_verifier");
  const actual =
    code.code_challenge_method === "S256"
      ? createHash("sha256").update(verifier).digest("base64url")
      : verifier;
  if (code.code_challenge !== actual) throw invalidGrant("Failed to verify code verifier");
}
