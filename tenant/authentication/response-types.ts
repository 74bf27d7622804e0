import type { Client } from "../entities.ts";
import { requireGrantType } from "./client-authentication.ts";
import { invalidRequest, OAuthError } from "./errors.ts";
import { type Parameters, required } from "./request.ts";

/** What /authorize gives the callback: a code, tokens at once, or both. */
export type ResponseType = "code" | "token" | "id_token";

/** How it gets there. */
export type ResponseMode = "query" | "fragment" | "form_post" | "web_message";

const types: ReadonlySet<string> = new Set(["code", "token", "id_token"]);
const modes: ReadonlySet<string> = new Set(["query", "fragment", "form_post", "web_message"]);

/** The response types of a request; undefined if it names others, or none. */
function responseTypes(parameters: Parameters): ReadonlySet<ResponseType> | undefined {
  const named = parameters.response_type?.split(" ") ?? [];
  if (named.length === 0 || named.some((type) => !types.has(type))) return undefined;
  return new Set(named as ResponseType[]); // looked at just above
}

/** The response types of a request that was checked before. */
export const checkedResponseTypes = (parameters: Parameters): ReadonlySet<ResponseType> =>
  responseTypes(parameters) ?? new Set(["code"]);

/** How an answer, or an error, gets to the callback: as asked for, else in the query, or tokens in the fragment. */
export function responseMode(parameters: Parameters): ResponseMode {
  const { response_mode: asked } = parameters;
  if (asked !== undefined && modes.has(asked)) return asked as ResponseMode; // just looked at
  return hasTokens(responseTypes(parameters)) ? "fragment" : "query";
}

const hasTokens = (asked: ReadonlySet<ResponseType> | undefined) =>
  asked !== undefined && (asked.has("token") || asked.has("id_token"));

/** Refuses what the tenant cannot answer, or may not for this client: the implicit grant is a grant type of its own. */
export function checkResponse(client: Client, parameters: Parameters): void {
  const asked = responseTypes(parameters);
  if (!asked)
    throw new OAuthError(
      400,
      "unsupported_response_type",
      `Unsupported response type: ${required(parameters, "response_type")}`,
    );
  const { response_mode: mode } = parameters;
  if (mode !== undefined && !modes.has(mode)) throw invalidRequest(`Unsupported response mode: ${mode}`);
  if (mode === "query" && hasTokens(asked))
    throw invalidRequest("tokens cannot be sent in the query of an address");
  if (asked.has("code")) requireGrantType(client, "authorization_code");
  if (hasTokens(asked)) requireGrantType(client, "implicit");
  if (asked.has("id_token")) required(parameters, "nonce");
}
