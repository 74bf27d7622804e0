import type { Json, JsonObject } from "../entities.ts";

/**
 * Names that Auth0 keeps for itself: a custom claim of such a name is dropped without a word.
 * @see Auth0 docs, secure/tokens/json-web-tokens/create-custom-claims
 */
const restricted: ReadonlySet<string> = new Set(
  `acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest
   entitlements events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf nonce
   object_id org_id org_name orig origid permissions roles rph s_hash sid sip_callid sip_cseq_num sip_date sip_from_tag
   sip_via_branch sub sub_jwk toe txn typ uuid vot vtm x5t#S256`.split(/\s+/),
);

const auth0Hosts = /(^|\.)(auth0\.com|webtask\.io|webtask\.run)$/;

/** Those custom claims that Auth0 puts into a token. */
export function allowedClaims(claims: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => isAllowed(name)));
}

/** The claims whose name is an http(s) URL outside of Auth0's domains: all that an exchange hook can set. */
export function namespacedClaims(claims: Readonly<Record<string, Json>>): JsonObject {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => isNamespaced(name) && isAllowed(name)));
}

function isAllowed(name: string): boolean {
  if (restricted.has(name) || name.startsWith("urn:auth0")) return false;
  const host = URL.parse(name)?.hostname;
  return host === undefined || !auth0Hosts.test(host);
}

function isNamespaced(name: string): boolean {
  return /^https?:$/.test(URL.parse(name)?.protocol ?? "");
}
