import { Hono } from "hono";
import { createRemoteJWKSet, jwtVerify } from "jose";

/**
 * The shop's orders service, as small as it can be: it trusts the tenant's keys and asks each call for one permission.
 * 401 where the token does not hold, 403 `insufficient_scope` where the permission is missing (RFC 6750, 3.1).
 */
export function createOrdersApi(issuer: string, audience: string): Hono {
  const keys = createRemoteJWKSet(new URL(".well-known/jwks.json", issuer));
  const allowed = async (authorization: string | undefined, permission: string) => {
    const token = authorization?.replace(/^Bearer /, "") ?? "";
    const { payload } = await jwtVerify<{ permissions?: readonly string[] }>(token, keys, {
      issuer,
      audience,
    });
    return payload.permissions?.includes(permission) ?? false;
  };
  const api = new Hono();
  for (const [method, path, permission, answer] of [
    ["GET", "/my/orders", "read:own-orders", [{ id: 1, item: "umbrella" }]],
    ["POST", "/orders/:id/refund", "refund:orders", { refunded: true }],
  ] as const)
    api.on(method, path, async (call) => {
      if (await allowed(call.req.header("authorization"), permission)) return call.json(answer);
      return call.json({ error: "insufficient_scope", scope: permission }, 403);
    });
  api.onError((_, call) => call.json({ error: "invalid_token" }, 401));
  return api;
}
