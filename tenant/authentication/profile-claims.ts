import type { JsonObject, User } from "../entities.ts";

/** The claims of the OpenID scopes `profile`, `email` and `phone` that a user has values for, and `sub`. */
export function profileClaims(user: User, scopes: readonly string[]): JsonObject {
  const claims = {
    sub: user.user_id,
    ...(scopes.includes("profile") && {
      given_name: user.given_name,
      family_name: user.family_name,
      nickname: user.nickname,
      name: user.name,
      picture: user.picture,
      updated_at: user.updated_at,
    }),
    ...(scopes.includes("email") && { email: user.email, email_verified: user.email_verified }),
    ...(scopes.includes("phone") && {
      phone_number: user.phone_number,
      phone_number_verified: user.phone_verified,
    }),
  };
  return Object.fromEntries(
    Object.entries(claims).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
