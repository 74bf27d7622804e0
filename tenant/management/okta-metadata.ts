import type { JsonObject } from "../entities.ts";

const CLIENT_METHODS = [
  "client_secret_basic",
  "client_secret_post",
  "client_secret_jwt",
  "private_key_jwt",
  "none",
];
const RSA_AND_EC = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];
const HMAC_AND_KEYS = ["HS256", "HS384", "HS512", ...RSA_AND_EC];

/**
 * What an Okta organization publishes about its authorization server. Auth0 reads it from the organization's
 * domain; it is the same for all of them but for the addresses, so that nothing has to be fetched.
 */
export function oktaMetadata(domain: string): JsonObject {
  const base = `https://${domain}/oauth2/v1`;
  return {
    issuer: `https://${domain}`,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    userinfo_endpoint: `${base}/userinfo`,
    registration_endpoint: `${base}/clients`,
    jwks_uri: `${base}/keys`,
    response_types_supported: [
      "code",
      "id_token",
      "code id_token",
      "code token",
      "id_token token",
      "code id_token token",
    ],
    response_modes_supported: ["query", "fragment", "form_post", "okta_post_message"],
    grant_types_supported: [
      "authorization_code",
      "implicit",
      "refresh_token",
      "password",
      "urn:ietf:params:oauth:grant-type:device_code",
      "urn:openid:params:grant-type:ciba",
      "urn:okta:params:oauth:grant-type:otp",
      "http://auth0.com/oauth/grant-type/mfa-otp",
      "urn:okta:params:oauth:grant-type:oob",
      "http://auth0.com/oauth/grant-type/mfa-oob",
    ],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    id_token_encryption_alg_values_supported: ["RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"],
    id_token_encryption_enc_values_supported: ["A256GCM"],
    scopes_supported: ["openid", "email", "profile", "address", "phone", "offline_access", "groups"],
    token_endpoint_auth_methods_supported: CLIENT_METHODS,
    claims_supported: CLAIMS,
    code_challenge_methods_supported: ["S256"],
    introspection_endpoint: `${base}/introspect`,
    introspection_endpoint_auth_methods_supported: CLIENT_METHODS,
    revocation_endpoint: `${base}/revoke`,
    revocation_endpoint_auth_methods_supported: CLIENT_METHODS,
    end_session_endpoint: `${base}/logout`,
    request_parameter_supported: true,
    request_object_signing_alg_values_supported: HMAC_AND_KEYS,
    device_authorization_endpoint: `${base}/device/authorize`,
    pushed_authorization_request_endpoint: `${base}/par`,
    backchannel_token_delivery_modes_supported: ["poll"],
    backchannel_authentication_request_signing_alg_values_supported: HMAC_AND_KEYS,
    dpop_signing_alg_values_supported: RSA_AND_EC,
    claims_parameter_supported: false,
    request_uri_parameter_supported: false,
    require_request_uri_registration: false,
  };
}

const CLAIMS = [
  ..."iss ver sub aud iat exp jti auth_time amr idp nonce".split(" "),
  ..."name nickname preferred_username given_name middle_name family_name email email_verified".split(" "),
  ..."profile zoneinfo locale address phone_number picture website gender birthdate updated_at".split(" "),
  "at_hash",
  "c_hash",
];
