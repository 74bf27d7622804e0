import { timingSafeEqual } from "node:crypto";
import type { TenantContext } from "../context.ts";
import type { Client } from "../entities.ts";
import { OAuthError } from "./errors.ts";
import { type Parameters, required } from "./request.ts";

/**
 * The client of a token request, which has shown its secret in the body or by HTTP Basic (RFC 6749, 2.3.1), or which has
 * none (`token_endpoint_auth_method` is `none`). 401 `access_denied` otherwise.
 */
export function authenticateClient(
  { store }: TenantContext,
  parameters: Parameters,
  authorization: string | undefined,
): Client {
  const basic = parseBasic(authorization);
  const id = basic?.id ?? required(parameters, "client_id");
  const client = store.clients.get(id);
  if (!client || client.global) throw unauthorized();
  if (client.token_endpoint_auth_method === "none") return client;
  const secret = basic?.secret ?? parameters.client_secret ?? "";
  if (client.client_secret === undefined || !isSame(secret, client.client_secret)) throw unauthorized();
  return client;
}

const unauthorized = () => new OAuthError(401, "access_denied", "Unauthorized");

/** 403 `unauthorized_client` unless the client may use the grant type. */
export function requireGrantType(client: Client, grantType: string): void {
  if (client.grant_types?.includes(grantType)) return;
  throw new OAuthError(403, "unauthorized_client", `Grant type '${grantType}' not allowed for the client.`);
}

function parseBasic(header: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const [id = "", secret = ""] = Buffer.from(encoded, "base64").toString().split(":").map(formDecode);
  return { id, secret };
}

/** Id and secret are form-encoded before they are joined. */
const formDecode = (text: string) => new URLSearchParams(`value=${text}`).get("value") ?? "";

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
