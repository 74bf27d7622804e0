import { timingSafeEqual } from "node:crypto";
import type { TenantContext } from "../context.ts";
import type { Client } from "../entities.ts";
import { ASSERTION_TYPE, clientOfAssertion, verifyAssertion } from "./client-assertion.ts";
import { invalidRequest, OAuthError } from "./errors.ts";
import { type Parameters, required } from "./request.ts";

/** What a request shows of its client; each form belongs to one method of authentication. */
interface Shown {
  readonly id: string;
  readonly basic?: string | undefined;
  readonly post?: string | undefined;
  readonly assertion?: string | undefined;
}

/**
 * The client of a request, authenticated by the method that it is set to: a secret in the body or by HTTP Basic (RFC
 * 6749, 2.3.1), an assertion that it has signed (RFC 7523), or nothing. 401 otherwise: `access_denied`, for an assertion
 * `invalid_client`.
 */
export async function authenticateClient(
  context: TenantContext,
  parameters: Parameters,
  authorization: string | undefined,
): Promise<Client> {
  const shown = shownBy(parameters, authorization);
  const client = context.store.clients.get(shown.id);
  if (!client || client.global) throw unauthorized();
  switch (methodOf(client)) {
    case "none":
      return client;
    case "private_key_jwt":
      if (shown.assertion === undefined) throw unauthorized();
      await verifyAssertion(context, client, shown.assertion);
      return client;
    case "client_secret_basic":
      return requireSecret(client, shown.basic);
    case "client_secret_post":
      return requireSecret(client, shown.post);
    case undefined:
      return requireSecret(client, shown.basic ?? shown.post);
    default:
      // Certificates are shown to a server in front of Auth0's, which the tenant does not have.
      throw unauthorized();
  }
}

/** 403 `unauthorized_client` unless the client may use the grant type. */
export function requireGrantType(client: Client, grantType: string): void {
  if (client.grant_types?.includes(grantType)) return;
  throw new OAuthError(403, "unauthorized_client", `Grant type '${grantType}' not allowed for the client.`);
}

/** Whether the client cannot keep a secret. */
export const isPublic = (client: Client): boolean => methodOf(client) === "none";

/** The method that a client is set to; undefined for one that may show its secret in either way. */
function methodOf({ client_authentication_methods: methods, token_endpoint_auth_method }: Client) {
  return methods ? Object.keys(methods)[0] : token_endpoint_auth_method;
}

function shownBy(parameters: Parameters, authorization: string | undefined): Shown {
  const basic = parseBasic(authorization);
  if (basic) {
    if (parameters.client_id !== undefined && parameters.client_id !== basic.id)
      throw invalidRequest("the body and the Authorization header name different clients");
    return { id: basic.id, basic: basic.secret };
  }
  const { client_assertion: assertion, client_assertion_type, client_secret: post } = parameters;
  if (assertion === undefined) return { id: required(parameters, "client_id"), post };
  if (client_assertion_type !== ASSERTION_TYPE)
    throw invalidRequest(`client_assertion_type must be ${ASSERTION_TYPE}`);
  return { id: parameters.client_id ?? clientOfAssertion(assertion) ?? "", assertion };
}

const unauthorized = () => new OAuthError(401, "access_denied", "Unauthorized");

function requireSecret(client: Client, given = ""): Client {
  if (client.client_secret === undefined || !isSame(given, client.client_secret)) throw unauthorized();
  return client;
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
