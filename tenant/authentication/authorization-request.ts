import type { TenantContext } from "../context.ts";
import type { Client } from "../entities.ts";
import { findApi, requestedAudience } from "./audience.ts";
import { requireGrantType } from "./client-authentication.ts";
import { connectionOf } from "./connections.ts";
import { invalidRequest, OAuthError, PageError } from "./errors.ts";
import { type Parameters, required } from "./request.ts";

/** Where an authorization request came from and where its answer goes. */
export interface Callback {
  readonly client: Client;
  /** One of the client's callbacks, literally. */
  readonly redirectUri: string;
  readonly state: string | undefined;
}

/**
 * The client of an authorization request and its callback: the first one if none is named. Throws a `PageError` (403),
 * since an answer must go nowhere else.
 */
export function callbackOf({ store }: TenantContext, parameters: Parameters): Callback {
  const client = parameters.client_id === undefined ? undefined : store.clients.get(parameters.client_id);
  if (!client || client.global) throw new PageError(403, `Unknown client: ${parameters.client_id ?? ""}`);
  const callbacks = client.callbacks ?? [];
  const redirectUri = parameters.redirect_uri ?? callbacks[0];
  if (redirectUri === undefined || !callbacks.includes(redirectUri) || !URL.canParse(redirectUri))
    throw new PageError(
      403,
      "Callback URL mismatch. The provided redirect_uri is not in the list of allowed callback URLs.",
    );
  return { client, redirectUri, state: parameters.state };
}

/** Refuses, by an `OAuthError` for the callback, what cannot lead to a code. */
export function checkAuthorization(context: TenantContext, client: Client, parameters: Parameters): void {
  const responseType = required(parameters, "response_type");
  if (responseType !== "code")
    throw new OAuthError(400, "unsupported_response_type", `Unsupported response type: ${responseType}`);
  if ((parameters.response_mode ?? "query") !== "query")
    throw invalidRequest(`the local tenant does not have the response mode "${parameters.response_mode}"`);
  requireGrantType(client, "authorization_code");
  const method = parameters.code_challenge_method ?? "plain";
  if (parameters.code_challenge !== undefined && method !== "S256" && method !== "plain")
    throw invalidRequest(`Unsupported code challenge method: ${method}`);
  if (parameters.connection !== undefined && !connectionOf(context, client, parameters.connection))
    throw invalidRequest("the connection is not enabled");
  requireApi(context, parameters.audience);
}

function requireApi(context: TenantContext, named: string | undefined): void {
  const audience = requestedAudience(context, named);
  try {
    findApi(context, audience);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    throw new OAuthError(403, "access_denied", `Service not found: ${audience}`);
  }
}

/** The callback's address with the answer in its query, and the request's `state`. */
export function callbackUrl({ redirectUri, state }: Callback, answer: Parameters): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...answer, state }))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

/** The callback's address with an error. */
export function errorUrl(callback: Callback, error: OAuthError): string {
  return callbackUrl(callback, { error: error.error, error_description: error.message });
}
