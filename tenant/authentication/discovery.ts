import type { TenantContext } from "../context.ts";
import { isObject } from "../management/json.ts";
import { tenantSettings } from "./connections.ts";

/** `/.well-known/openid-configuration`: what the tenant has, no more. */
export function discovery(context: TenantContext): Readonly<Record<string, unknown>> {
  const { issuer } = context;
  return {
    issuer,
    authorization_endpoint: `${issuer}authorize`,
    token_endpoint: `${issuer}oauth/token`,
    userinfo_endpoint: `${issuer}userinfo`,
    revocation_endpoint: `${issuer}oauth/revoke`,
    ...(announcesLogout(context) && { end_session_endpoint: `${issuer}oidc/logout` }),
    jwks_uri: `${issuer}.well-known/jwks.json`,
    scopes_supported: ["openid", "profile", "email", "phone", "offline_access"],
    response_types_supported: [
      "code",
      "token",
      "id_token",
      "code token",
      "code id_token",
      "token id_token",
      "code token id_token",
    ],
    response_modes_supported: ["query", "fragment", "form_post"],
    grant_types_supported: [
      "authorization_code",
      "client_credentials",
      "implicit",
      "password",
      "http://auth0.com/oauth/grant-type/password-realm",
      "refresh_token",
    ],
    code_challenge_methods_supported: ["S256", "plain"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["HS256", "RS256"],
    token_endpoint_auth_methods_supported: [
      "client_secret_basic",
      "client_secret_post",
      "private_key_jwt",
      "none",
    ],
    token_endpoint_auth_signing_alg_values_supported: ["RS256", "RS384", "PS256"],
    claims_supported: [
      "aud",
      "auth_time",
      "email",
      "email_verified",
      "exp",
      "family_name",
      "given_name",
      "iat",
      "iss",
      "name",
      "nickname",
      "phone_number",
      "phone_number_verified",
      "picture",
      "sub",
    ],
    request_uri_parameter_supported: false,
    request_parameter_supported: false,
  };
}

/** Auth0 lets the end-session endpoint be left out, for clients that go to `/v2/logout` where there is none. */
function announcesLogout(context: TenantContext): boolean {
  const { oidc_logout: settings } = tenantSettings(context);
  return !isObject(settings) || settings.rp_logout_end_session_endpoint_discovery !== false;
}
