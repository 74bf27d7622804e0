// Names that a token's own claims have: Auth0 drops custom claims of these names without an error.
// Source: Auth0 docs, secure/tokens/json-web-tokens/create-custom-claims.

export const restrictedClaims = [
  "acr",
  "act",
  "active",
  "amr",
  "at_hash",
  "ath",
  "attest",
  "aud",
  "auth_time",
  "authorization_details",
  "azp",
  "c_hash",
  "client_id",
  "cnf",
  "cty",
  "dest",
  "entitlements",
  "events",
  "exp",
  "groups",
  "gty",
  "htm",
  "htu",
  "iat",
  "internalService",
  "iss",
  "jcard",
  "jku",
  "jti",
  "jwe",
  "jwk",
  "kid",
  "may_act",
  "mky",
  "nbf",
  "nonce",
  "object_id",
  "org_id",
  "org_name",
  "orig",
  "origid",
  "permissions",
  "roles",
  "rph",
  "s_hash",
  "sid",
  "sip_callid",
  "sip_cseq_num",
  "sip_date",
  "sip_from_tag",
  "sip_via_branch",
  "sub",
  "sub_jwk",
  "toe",
  "txn",
  "typ",
  "uuid",
  "vot",
  "vtm",
  "x5t#S256",
] as const;

export type RestrictedClaim = (typeof restrictedClaims)[number];

const restrictedHosts = ["auth0.com", "webtask.io", "webtask.run"] as const;

/** What `isClaimNamespace` asks for, in words. */
export const claimNamespaceForm = `an http or https URL that ends in "/" and is not in ${restrictedHosts.join(", ")}`;

/** True if custom claims may begin with this text: Auth0 drops those in a domain of its own. */
export function isClaimNamespace(text: string): boolean {
  if (!URL.canParse(text) || !text.endsWith("/")) return false;
  const { protocol, hostname } = new URL(text);
  const isOurs = restrictedHosts.every((host) => hostname !== host && !hostname.endsWith(`.${host}`));
  return isOurs && (protocol === "https:" || protocol === "http:");
}
