import type { TenantContext } from "../context.ts";
import type { Connection, User } from "../entities.ts";
import type { Session, TokenCustomizations } from "../login-entities.ts";
import type { Organization } from "../organization-entities.ts";
import { requestedAudience } from "./audience.ts";
import type { Callback } from "./authorization-request.ts";
import { requireUnblocked } from "./credentials.ts";
import { OAuthError } from "./errors.ts";
import { runLoginPolicies } from "./login-policies.ts";
import type { Resumed } from "./login-redirects.ts";
import { enterOrganization, requestedOrganization } from "./organizations.ts";
import { type Parameters, type RequestFacts, scopesOf } from "./request.ts";
import { checkedResponseTypes } from "./response-types.ts";
import { issueUserTokens } from "./user-tokens.ts";

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
  /** Where the login comes back from a page that a policy sent its person to. */
  readonly resumed?: Resumed;
}

/**
 * The answer for the callback: a code or tokens, after the policies of the login have run, or the error of the policy
 * that denied. The session stays either way.
 */
export async function finishLogin(
  context: TenantContext,
  authenticated: AuthenticatedRequest,
): Promise<Parameters> {
  const { callback, user } = authenticated;
  const subject = {
    client_id: callback.client.client_id,
    client_name: callback.client.name,
    connection: authenticated.connection.name,
    user_id: user.user_id,
    ...(user.email !== undefined && { user_name: user.email }),
  };
  try {
    const answer = await answerOf(context, authenticated);
    context.log({ type: "s", ...subject });
    return answer;
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    context.log({ type: "f", description: error.message, ...subject });
    return { error: error.error, error_description: error.message };
  }
}

async function answerOf(context: TenantContext, authenticated: AuthenticatedRequest): Promise<Parameters> {
  const { callback, parameters, user, connection, session, request } = authenticated;
  requireUnblocked(user);
  const organization = requestedOrganization(context, callback.client, parameters.organization);
  enterOrganization(context, organization, connection, user);
  const login = {
    client: callback.client,
    connection,
    user,
    protocol: "oidc-basic-profile",
    audience: requestedAudience(context, parameters.audience),
    requestedScopes: scopesOf(parameters.scope),
    organization,
    request,
    parameters,
    sessionId: session.session_id,
    authTime: session.auth_time,
    resumed: authenticated.resumed,
  } as const;
  const customizations = await runLoginPolicies(context, login);
  const asked = checkedResponseTypes(parameters);
  const code = asked.has("code")
    ? issueCode(context, authenticated, organization, customizations)
    : undefined;
  if (asked.size === 1 && code !== undefined) return { code };

  const withAccessToken = asked.has("token");
  const { access_token, expires_in, token_type, scope, id_token } = await issueUserTokens(context, {
    ...login,
    customizations,
    allIfNoneRequested: false,
    nonce: parameters.nonce,
    withAuthTime: parameters.max_age !== undefined,
    withRefreshToken: false,
    familyId: context.ids.secret(16),
    frontChannel: { code, withAccessToken },
  });
  return {
    code,
    ...(withAccessToken && { access_token, expires_in: String(expires_in), token_type, scope }),
    ...(asked.has("id_token") && { id_token }),
  };
}

function issueCode(
  context: TenantContext,
  { callback, parameters, user, connection, session }: AuthenticatedRequest,
  organization: Organization | undefined,
  customizations: TokenCustomizations,
): string {
  const { store, ids, clock } = context;
  const audience = requestedAudience(context, parameters.audience);
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
    with_auth_time: parameters.max_age !== undefined,
    expires_at: clock.now() + CODE_LIFETIME,
    ...(audience !== undefined && { audience }),
    ...(organization && { organization_id: organization.id }),
    ...(nonce !== undefined && { nonce }),
    ...(code_challenge !== undefined && { code_challenge, code_challenge_method }),
  });
  return code;
}
