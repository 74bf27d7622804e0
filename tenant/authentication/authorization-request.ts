import type { TenantContext } from "../context.ts";
import type { Client } from "../entities.ts";
import { isAllowedUrl } from "./allowed-urls.ts";
import { findApi, requestedAudience } from "./audience.ts";
import { connectionOf } from "./connections.ts";
import { invalidRequest, OAuthError, PageError } from "./errors.ts";
import { asksForOrganization, connectionsIn, requestedOrganization } from "./organizations.ts";
import type { Parameters } from "./request.ts";
import { checkResponse, type ResponseMode, responseMode } from "./response-types.ts";

/** Where an authorization request came from and where its answer goes. */
export interface Callback {
  readonly client: Client;
  /** One of the client's callbacks. */
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly mode: ResponseMode;
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
  if (redirectUri === undefined || !isAllowedUrl(callbacks, redirectUri))
    throw new PageError(
      403,
      "Callback URL mismatch. The provided redirect_uri is not in the list of allowed callback URLs.",
    );
  return { client, redirectUri, state: parameters.state, mode: responseMode(parameters) };
}

/** Refuses, by an `OAuthError` for the callback, what cannot lead to an answer. */
export function checkAuthorization(context: TenantContext, client: Client, parameters: Parameters): void {
  checkResponse(client, parameters);
  const method = parameters.code_challenge_method ?? "plain";
  if (parameters.code_challenge !== undefined && method !== "S256" && method !== "plain")
    throw invalidRequest(`Unsupported code challenge method: ${method}`);
  const prompts = promptsOf(parameters);
  if (prompts.includes("none") && prompts.length > 1) throw invalidRequest('prompt "none" stands alone');
  if (parameters.max_age !== undefined && !/^\d{1,9}$/.test(parameters.max_age))
    throw invalidRequest("max_age is a number of seconds");
  const organization =
    parameters.organization === undefined && asksForOrganization(client)
      ? undefined
      : requestedOrganization(context, client, parameters.organization);
  if (parameters.connection !== undefined) {
    const connection = connectionOf(context, client, parameters.connection);
    if (!connection || connectionsIn(context, organization, [connection]).length === 0)
      throw invalidRequest("the connection is not enabled");
  }
  requireApi(context, parameters.audience);
}

/** The words of the parameter `prompt`. */
export const promptsOf = ({ prompt }: Parameters): readonly string[] =>
  prompt?.split(" ").filter((word) => word !== "") ?? [];

function requireApi(context: TenantContext, named: string | undefined): void {
  const audience = requestedAudience(context, named);
  try {
    findApi(context, audience);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    throw new OAuthError(403, "access_denied", `Service not found: ${audience}`);
  }
}
