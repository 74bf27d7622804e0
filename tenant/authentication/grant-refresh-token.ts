import { connectionOf } from "./connections.ts";
import { requireUnblocked } from "./credentials.ts";
import { invalidGrant } from "./errors.ts";
import { runLoginPolicies } from "./login-policies.ts";
import { stillIn } from "./organizations.ts";
import { findRefreshToken, useRefreshToken } from "./refresh-tokens.ts";
import { required, scopesOf } from "./request.ts";
import type { Grant } from "./token.ts";
import { issueUserTokens } from "./user-tokens.ts";

/**
 * New tokens for a refresh token; rules and post-login actions run again. Requested scopes can only be fewer than those
 * of the login. With rotation the client gets a new refresh token and the old one ends.
 */
export const refreshToken: Grant = async (context, { client, parameters, request }) => {
  const token = required(parameters, "refresh_token");
  const stored = findRefreshToken(context, client, token);
  const user = context.store.users.get(stored.user_id);
  const connection = connectionOf(context, client, stored.connection);
  if (!user || !connection) throw invalidGrant("Unknown or invalid refresh token.");
  requireUnblocked(user);

  const granted = scopesOf(stored.scope);
  const requested = scopesOf(parameters.scope);
  const login = {
    client,
    connection,
    user,
    protocol: "oauth2-refresh-token",
    audience: stored.audience,
    organization: stillIn(context, stored.organization_id, user),
    requestedScopes: requested.length === 0 ? granted : granted.filter((scope) => requested.includes(scope)),
    request,
    parameters: {},
    sessionId: stored.session_id,
    authTime: Math.floor(stored.created_at / 1000),
  } as const;
  const customizations = await runLoginPolicies(context, login);
  const tokens = await issueUserTokens(context, {
    ...login,
    customizations,
    allIfNoneRequested: false,
    gty: "refresh_token",
    withRefreshToken: false,
    familyId: stored.family_id,
  });
  const next = useRefreshToken(context, client, token);
  return next === undefined ? tokens : { ...tokens, refresh_token: next };
};
