// Claims that Auth0 itself makes: what each of them says.
// Sources: Auth0 docs, secure/tokens/access-tokens and secure/tokens/id-tokens/id-token-structure; OpenID Connect Core, 2 and 5.1.

/** What the claim of that name says, for people; undefined if Auth0 makes no such claim. */
export function standardClaim(name: string): string | undefined {
  return Object.hasOwn(standardClaims, name) ? standardClaims[name] : undefined;
}

const profile = "profile, by scope profile";
const phone = "profile, by scope phone";

const standardClaims: Readonly<Record<string, string>> = {
  iss: "the tenant that issued it",
  sub: "whom it is about",
  aud: "whom it is for",
  azp: "the client that asked",
  client_id: "the client that asked",
  iat: "when it was issued",
  exp: "when it ends",
  nbf: "when it begins",
  jti: "the token's own id",
  scope: "what the client may do",
  permissions: "what stored roles allow",
  gty: "how the client got it",
  sid: "the browser's session",
  nonce: "what the client sent",
  auth_time: "when the user logged in",
  acr: "how sure the identity is",
  amr: "how the user proved it",
  at_hash: "hash of the access token",
  c_hash: "hash of the code",
  org_id: "the login's organization",
  org_name: "the login's organization",
  email: "profile, by scope email",
  email_verified: "profile, by scope email",
  name: profile,
  nickname: profile,
  given_name: profile,
  family_name: profile,
  picture: profile,
  updated_at: profile,
  phone_number: phone,
  phone_number_verified: phone,
};
