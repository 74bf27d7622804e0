import type { HonoRequest } from "hono";
import type { TenantContext } from "../context.ts";
import { authenticateClient } from "./client-authentication.ts";
import { tokenHash } from "./opaque-tokens.ts";
import { readParameters, required } from "./request.ts";
import { revokeFamily } from "./token-families.ts";

/**
 * `POST /oauth/revoke`: ends a refresh token of the client and all that took its place. A token that is unknown, or
 * another client's, is no error (RFC 7009, 2.2). 401 for a client that is not authenticated.
 */
export async function revoke(context: TenantContext, req: HonoRequest): Promise<void> {
  const parameters = await readParameters(req);
  const { client_id } = await authenticateClient(context, parameters, req.header("authorization"));
  const found = context.store.refresh_tokens.get(tokenHash(required(parameters, "token")));
  if (found?.client_id !== client_id || found.revoked_at !== undefined) return;
  revokeFamily(context, found.family_id);
  context.log({ type: "srrt", client_id, user_id: found.user_id });
}
