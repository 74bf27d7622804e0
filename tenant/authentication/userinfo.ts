import type { TenantContext } from "../context.ts";
import type { JsonObject } from "../entities.ts";
import { OAuthError } from "./errors.ts";
import { findOpaqueToken } from "./opaque-tokens.ts";
import { profileClaims } from "./profile-claims.ts";
import { scopesOf } from "./request.ts";
import { userinfoOf } from "./user-tokens.ts";

/**
 * The claims of the user whose access token the header carries, by its scopes, and the custom ID token claims of his latest login;
 * never metadata. 401 without a token for /userinfo.
 */
export async function userinfo(
  context: TenantContext,
  authorization: string | undefined,
): Promise<JsonObject> {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
  const holder = token === undefined ? undefined : await holderOf(context, token);
  const user = holder && context.store.users.get(holder.userId);
  if (!user) throw new OAuthError(401, "invalid_token", "Unauthorized");
  const custom = context.store.login_claims.get(user.user_id, holder.clientId)?.claims;
  return { ...profileClaims(user, holder.scopes), ...custom };
}

interface Holder {
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
}

async function holderOf(context: TenantContext, token: string): Promise<Holder | undefined> {
  if (token.split(".").length !== 3) {
    const opaque = findOpaqueToken(context, token);
    if (opaque?.user_id === undefined) return undefined;
    return { userId: opaque.user_id, clientId: opaque.client_id, scopes: scopesOf(opaque.scope) };
  }
  try {
    const claims = await context.keys.verify(token, {
      issuer: context.issuer,
      audience: userinfoOf(context),
    });
    return {
      userId: claims.sub ?? "",
      clientId: String(claims.azp ?? claims.client_id),
      scopes: scopesOf(typeof claims.scope === "string" ? claims.scope : ""),
    };
  } catch {
    // jose tells apart what is wrong with a token; the caller is not to learn it.
    return undefined;
  }
}
