import { createHash } from "node:crypto";
import type { TenantContext } from "../context.ts";
import type { JsonObject } from "../entities.ts";
import type { TokenCustomizations } from "../login-entities.ts";
import { findApi } from "./audience.ts";
import { allowedClaims } from "./custom-claims.ts";
import { grantAccess } from "./granted-scopes.ts";
import type { Login } from "./login.ts";
import { issueOpaqueToken, OPAQUE_TOKEN_LIFETIME } from "./opaque-tokens.ts";
import { organizationClaims } from "./organizations.ts";
import { profileClaims } from "./profile-claims.ts";
import { issueRefreshToken } from "./refresh-tokens.ts";
import { signAccessToken, signIdToken } from "./sign-token.ts";

/** The answer of the token endpoint. */
export interface TokenResponse {
  readonly access_token: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
  /** Only where it differs from what was requested. */
  readonly scope?: string;
  readonly expires_in: number;
  readonly token_type: "Bearer";
}

/** A login whose policies have run, ready for its tokens. */
export interface UserGrant
  extends Pick<
    Login,
    | "client"
    | "connection"
    | "user"
    | "audience"
    | "requestedScopes"
    | "organization"
    | "sessionId"
    | "authTime"
  > {
  readonly customizations: TokenCustomizations;
  readonly allIfNoneRequested: boolean;
  /** Stands in the access token for grants that people ought to notice. */
  readonly gty?: "password" | "refresh_token";
  readonly nonce?: string | undefined;
  /** Whether the ID token says when the person logged in, as a request with `max_age` has it. */
  readonly withAuthTime?: boolean | undefined;
  /** Where tokens go through the browser: access tokens last shorter, and the ID token vouches for what goes along. */
  readonly frontChannel?: { readonly code: string | undefined; readonly withAccessToken: boolean };
  /** False when the client keeps the refresh token that it has. */
  readonly withRefreshToken: boolean;
  /** Joins what goes back to one login, to be revoked together. */
  readonly familyId: string;
}

/** The tokens of a login: access token, ID token with `openid`, refresh token with `offline_access`. */
export async function issueUserTokens(context: TenantContext, grant: UserGrant): Promise<TokenResponse> {
  const { client, requestedScopes } = grant;
  // As stored now: policies of this login may have changed the user, also through the Management API.
  const user = context.store.users.get(grant.user.user_id) ?? grant.user;
  const api = findApi(context, grant.audience);
  const { scopes, permissions } = grantAccess(context, { ...grant, user, api, requested: requestedScopes });
  const scope = scopes.join(" ");
  const isOpenId = scopes.includes("openid");
  const customIdClaims = allowedClaims(grant.customizations.id_token);
  if (isOpenId) rememberClaims(context, user.user_id, client.client_id, customIdClaims);

  const lifetime =
    (grant.frontChannel ? api?.token_lifetime_for_web : api?.token_lifetime) ?? OPAQUE_TOKEN_LIFETIME;
  const accessToken = api
    ? await signAccessToken(context, api, client, lifetime, {
        ...allowedClaims(grant.customizations.access_token),
        ...organizationClaims(context, grant.organization),
        sub: user.user_id,
        aud: isOpenId && api.signing_alg !== "HS256" ? [api.identifier, userinfoOf(context)] : api.identifier,
        ...(scope !== "" && { scope }),
        ...(grant.gty !== undefined && { gty: grant.gty }),
        ...(permissions && { permissions }),
      })
    : issueOpaqueToken(context, {
        client_id: client.client_id,
        user_id: user.user_id,
        scope,
        family_id: grant.familyId,
      });
  return {
    access_token: accessToken,
    ...(isOpenId && {
      id_token: await signIdToken(context, client, {
        ...profileClaims(user, scopes),
        ...customIdClaims,
        ...organizationClaims(context, grant.organization),
        ...(grant.nonce !== undefined && { nonce: grant.nonce }),
        ...(grant.sessionId !== undefined && { sid: grant.sessionId }),
        ...(grant.withAuthTime && { auth_time: grant.authTime }),
        ...frontChannelHashes(grant, accessToken),
      }),
    }),
    ...(grant.withRefreshToken &&
      scopes.includes("offline_access") &&
      client.grant_types?.includes("refresh_token") && {
        refresh_token: issueRefreshToken(context, { ...grant, scopes: requestedScopes }),
      }),
    ...(scope !== requestedScopes.join(" ") && { scope }),
    expires_in: lifetime,
    token_type: "Bearer",
  };
}

/** OpenID Connect Core, 3.3.2.11: the left half of the SHA-256 of what comes with an ID token. */
function frontChannelHashes({ frontChannel }: UserGrant, accessToken: string): JsonObject {
  if (!frontChannel) return {};
  const half = (text: string) =>
    createHash("sha256").update(text).digest().subarray(0, 16).toString("base64url");
  return {
    ...(frontChannel.withAccessToken && { at_hash: half(accessToken) }),
    ...(frontChannel.code !== undefined && { c_hash: half(frontChannel.code) }),
  };
}

/** Identifier of the /userinfo endpoint, an audience of every token with `openid`. */
export const userinfoOf = ({ issuer }: TenantContext): string => `${issuer}userinfo`;

function rememberClaims(
  { store }: TenantContext,
  user_id: string,
  client_id: string,
  claims: JsonObject,
): void {
  store.transaction(() => {
    store.login_claims.delete(user_id, client_id);
    store.login_claims.insert({ user_id, client_id, claims });
  });
}
