import type { TenantContext } from "../context.ts";
import type { Connection, Session, User } from "../entities.ts";
import { requestedAudience } from "./audience.ts";
import { type Callback, callbackUrl, errorUrl } from "./authorization-request.ts";
import { requireUnblocked } from "./credentials.ts";
import { OAuthError } from "./errors.ts";
import { runLoginPolicies } from "./login-policies.ts";
import { type Parameters, type RequestFacts, scopesOf } from "./request.ts";

/** Milliseconds. */
const CODE_LIFETIME = 10 * 60 * 1000;

/** A person with a session, who came by an authorization request. */
export interface AuthenticatedRequest {
  readonly callback: Callback;
  readonly parameters: Parameters;
  readonly user: User;
  readonly connection: Connection;
  readonly session: Session;
  readonly request: RequestFacts;
}

/**
 * The address of the callback with a code, after the policies of the login have run, or with the error of the policy that
 * denied. The session stays either way.
 */
export async function finishLogin(
  context: TenantContext,
  authenticated: AuthenticatedRequest,
): Promise<string> {
  const { callback, user } = authenticated;
  const subject = {
    client_id: callback.client.client_id,
    client_name: callback.client.name,
    connection: authenticated.connection.name,
    user_id: user.user_id,
    ...(user.email !== undefined && { user_name: user.email }),
  };
  try {
    const code = await issueCode(context, authenticated);
    context.log({ type: "s", ...subject });
    return callbackUrl(callback, { code });
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    context.log({ type: "f", description: error.message, ...subject });
    return errorUrl(callback, error);
  }
}

async function issueCode(context: TenantContext, authenticated: AuthenticatedRequest): Promise<string> {
  const { callback, parameters, user, connection, session, request } = authenticated;
  requireUnblocked(user);
  const audience = requestedAudience(context, parameters.audience);
  const customizations = await runLoginPolicies(context, {
    client: callback.client,
    connection,
    user,
    protocol: "oidc-basic-profile",
    audience,
    requestedScopes: scopesOf(parameters.scope),
    request,
    parameters,
    sessionId: session.session_id,
    authTime: session.auth_time,
  });
  const { store, ids, clock } = context;
  const { nonce, code_challenge, code_challenge_method = "plain" } = parameters;
  const { code } = store.authorization_codes.insert({
    code: ids.secret(43),
    client_id: callback.client.client_id,
    user_id: user.user_id,
    connection: connection.name,
    session_id: session.session_id,
    redirect_uri: callback.redirectUri,
    scope: scopesOf(parameters.scope).join(" "),
    customizations,
    auth_time: session.auth_time,
    expires_at: clock.now() + CODE_LIFETIME,
    ...(audience !== undefined && { audience }),
    ...(nonce !== undefined && { nonce }),
    ...(code_challenge !== undefined && { code_challenge, code_challenge_method }),
  });
  return code;
}
