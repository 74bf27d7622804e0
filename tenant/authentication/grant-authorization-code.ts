import { createHash } from "node:crypto";
import type { TenantContext } from "../context.ts";
import type { AuthorizationCode, Client } from "../entities.ts";
import { connectionOf } from "./connections.ts";
import { invalidGrant } from "./errors.ts";
import { type Parameters, required, scopesOf } from "./request.ts";
import type { Grant } from "./token.ts";
import { issueUserTokens } from "./user-tokens.ts";

/** The tokens of a login at /authorize, for its code; a code works once, for its client, with its verifier (RFC 7636). */
export const authorizationCode: Grant = async (context, { client, parameters }) => {
  const code = redeem(context, client, required(parameters, "code"));
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
    requestedScopes: scopesOf(code.scope),
    sessionId: code.session_id,
    customizations: code.customizations,
    allIfNoneRequested: false,
    nonce: code.nonce,
    withRefreshToken: true,
  });
};

/** The stored code, which is used up by that, whatever comes after. */
function redeem({ store, clock }: TenantContext, client: Client, code: string): AuthorizationCode {
  const found = store.authorization_codes.get(code);
  if (
    !found ||
    found.client_id !== client.client_id ||
    found.used_at !== undefined ||
    found.expires_at <= clock.now()
  )
    throw invalidGrant("Invalid authorization code");
  return store.authorization_codes.replace({ ...found, used_at: clock.now() });
}

/** A client without a secret has nothing but the verifier to show that the code was meant for it. */
function requireVerifier(client: Client, code: AuthorizationCode, parameters: Parameters): void {
  const isPublic = client.token_endpoint_auth_method === "none";
  if (code.code_challenge === undefined && !isPublic && parameters.code_verifier === undefined) return;
  const verifier = required(parameters, "code_verifier");
  const actual =
    code.code_challenge_method === "S256"
      ? createHash("sha256").update(verifier).digest("base64url")
      : verifier;
  if (code.code_challenge !== actual) throw invalidGrant("Failed to verify code verifier");
}
