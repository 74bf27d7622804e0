import { decodeJwt, decodeProtectedHeader, type JWTPayload, type ProtectedHeaderParameters } from "jose";

/** A token that can be looked into, or why one cannot. Never holds the token itself. */
export type ReadToken =
  | { readonly kind: "jwt"; readonly header: ProtectedHeaderParameters; readonly payload: JWTPayload }
  | { readonly kind: "opaque" }
  | { readonly kind: "malformed"; readonly message: string };

/** The text without what comes along when people copy: blanks, quotes, the scheme of a header. */
export function tokenIn(text: string): string {
  return text
    .trim()
    .replace(/^["']?(?:authorization:\s*)?(?:bearer\s+)?/i, "")
    .replace(/["']$/, "");
}

/** What a token says; its signature is not looked at. */
export function readToken(token: string): ReadToken {
  const parts = token.split(".");
  if (token === "") return { kind: "malformed", message: "there is no token in what was given" };
  if (/\s/.test(token)) return { kind: "malformed", message: "a token has no blanks in it; give it alone" };
  // Auth0's opaque tokens are texts, or encrypted for itself (RFC 7516 has five parts).
  if (parts.length === 1 || parts.length === 5) return { kind: "opaque" };
  if (parts.length !== 3)
    return { kind: "malformed", message: `a JWT has three parts with dots between, found ${parts.length}` };
  try {
    return { kind: "jwt", header: decodeProtectedHeader(token), payload: decodeJwt(token) };
  } catch {
    return {
      kind: "malformed",
      message: "it has three parts, but they are not those of a JWT: was it cut off?",
    };
  }
}
