/** What a new client has where nothing was sent; it depends on its kind. Recorded 2025 and 2026. */
import type { JsonObject } from "../entities.ts";

/** What was sent, as far as the defaults depend on it. */
interface Sent {
  readonly app_type?: string | undefined;
  readonly is_first_party?: boolean | undefined;
  readonly token_endpoint_auth_method?: string | undefined;
  readonly third_party_security_mode?: string | undefined;
  readonly jwt_configuration?: object | undefined;
}

const ALWAYS = {
  is_first_party: true,
  is_token_endpoint_ip_header_trusted: false,
  oidc_conformant: false,
  sso_disabled: false,
  cross_origin_auth: false,
  cross_origin_authentication: false,
  callback_url_template: false,
  custom_login_page_on: true,
};

const ALL_GRANTS = ["authorization_code", "implicit", "refresh_token", "client_credentials"];

export function clientDefaults(sent: Sent) {
  return {
    ...ALWAYS,
    jwt_configuration: jwtConfiguration(sent),
    grant_types: grantTypes(sent),
    refresh_token: refreshToken(sent),
    ...(isThirdParty(sent) ? { oidc_conformant: true } : {}),
    ...(isThirdParty(sent) && !isStrict(sent) ? { third_party_security_mode: "permissive" } : {}),
    ...BY_TYPE[sent.app_type ?? ""],
  };
}

const BY_TYPE: Readonly<Record<string, object>> = {
  resource_server: { oidc_conformant: true },
  express_configuration: {
    oidc_conformant: true,
    callbacks: ["https://system-admin.okta.com/admin/app/generic/oauth20redirect"],
    organization_usage: "require",
    organization_require_behavior: "pre_login_prompt",
    client_authentication_methods: { private_key_jwt: { credentials: [] } },
  },
};

const isStrict = (sent: Sent) => sent.third_party_security_mode === "strict";
const isThirdParty = (sent: Sent) => sent.is_first_party === false;
const isThirdPartySpa = (sent: Sent) => isThirdParty(sent) && sent.app_type === "spa";

function jwtConfiguration(sent: Sent): JsonObject {
  // What was sent is completed, but gets no lifetime.
  if (sent.jwt_configuration) return { secret_encoded: false };
  if (isStrict(sent)) return { secret_encoded: false, alg: "RS256", lifetime_in_seconds: 3600 };
  if (sent.app_type === "resource_server" || sent.app_type === "express_configuration")
    return { secret_encoded: false, alg: "RS256" };
  return { secret_encoded: false, lifetime_in_seconds: 36000 };
}

function grantTypes(sent: Sent): readonly string[] {
  if (isStrict(sent)) return ["authorization_code"];
  switch (sent.app_type) {
    case "native":
    case "spa":
      return ALL_GRANTS.filter((grant) => grant !== "client_credentials");
    case "resource_server":
      return [];
    case "express_configuration":
      return ["authorization_code", "client_credentials"];
    default:
      return ALL_GRANTS;
  }
}

function refreshToken(sent: Sent): JsonObject {
  const method = sent.token_endpoint_auth_method;
  const keepsSecret = method === "client_secret_post" || method === "client_secret_basic";
  const expires = isStrict(sent) || isThirdPartySpa(sent);
  return {
    rotation_type: isThirdPartySpa(sent) ? "rotating" : "non-rotating",
    expiration_type: expires ? "expiring" : "non-expiring",
    leeway: 0,
    token_lifetime: keepsSecret ? 31_557_600 : 2_592_000,
    infinite_token_lifetime: !isThirdPartySpa(sent),
    infinite_idle_token_lifetime: !expires,
    idle_token_lifetime: keepsSecret ? 2_592_000 : 1_296_000,
  };
}

/** What is filled in where a client's `session_transfer` leaves it out. */
export const SESSION_TRANSFER_DEFAULTS: JsonObject = {
  can_create_session_transfer_token: false,
  allowed_authentication_methods: [],
  enforce_device_binding: "ip",
  allow_refresh_token: false,
  enforce_online_refresh_tokens: true,
  enforce_cascade_revocation: true,
};

/** What a new client's `oidc_logout` has where it does not say which logouts count. */
export const OIDC_LOGOUT_DEFAULTS: JsonObject = {
  backchannel_logout_initiators: { mode: "custom", selected_initiators: ["rp-logout", "idp-logout"] },
};
