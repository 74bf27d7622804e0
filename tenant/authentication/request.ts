import type { HonoRequest } from "hono";
import { parseJson, readText } from "../body.ts";
import type { JsonObject } from "../entities.ts";
import { invalidRequest, OAuthError } from "./errors.ts";

/** Parameters of a request by name: from a query, a form, or the string members of a JSON body. */
export type Parameters = Readonly<Record<string, string | undefined>>;

/** What policies learn about the request in which they run. */
export interface RequestFacts {
  readonly method: string;
  readonly ip: string;
  readonly userAgent: string;
  readonly language: string;
  readonly query: JsonObject;
  /** Without passwords, secrets and tokens. */
  readonly body: JsonObject;
}

/** Where all requests come from: the tenant listens on loopback only. */
export const LOOPBACK = "127.0.0.1";

const secretParameters: ReadonlySet<string> = new Set([
  "client_secret",
  "client_assertion",
  "code",
  "code_verifier",
  "password",
  "refresh_token",
]);

/** The facts of a request whose body was read as `body`; for /authorize `query` are the parameters it began with. */
export function factsOf(
  req: HonoRequest,
  { query, body = {} }: { query?: Parameters; body?: Parameters },
): RequestFacts {
  const shown = Object.entries(body).filter(([name]) => !secretParameters.has(name));
  return {
    method: req.method,
    ip: LOOPBACK,
    userAgent: req.header("user-agent") ?? "",
    language: req.header("accept-language")?.split(/[,;]/)[0]?.trim() || "en",
    query: defined(Object.entries(query ?? req.query())),
    body: defined(shown),
  };
}

/** An object of those entries that have a value. */
function defined(entries: readonly (readonly [string, string | undefined])[]): JsonObject {
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

const FORM = "application/x-www-form-urlencoded";

/** Bytes. */
const LARGEST = 100_000;

/** The body of a request: a form or JSON. 400 `invalid_request` for anything else and for JSON that is no object, 413 for more than 100 kB. */
export async function readBody(req: HonoRequest): Promise<Readonly<Record<string, unknown>>> {
  const { text, failure } = await readText(req, LARGEST);
  if (failure === "too-large") throw new OAuthError(413, "invalid_request", "the body is too large");
  if (failure === "cut-off") throw invalidRequest("the body ended too early");
  const type = req.header("content-type") ?? FORM;
  if (type.startsWith(FORM)) return single(new URLSearchParams(text));
  if (!/^application\/(?:[\w.-]+\+)?json\b/.test(type))
    throw invalidRequest(`expected a form or JSON, not ${type}`);
  try {
    const body = parseJson(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body))
      return body as Record<string, unknown>;
  } catch {
    // said below
  }
  throw invalidRequest("expected a JSON object as the body");
}

/** The parameters of a request's query; empty ones count as absent. 400 `invalid_request` for one that is given twice. */
export function queryParameters(req: HonoRequest): Parameters {
  return single(new URL(req.url).searchParams);
}

/** RFC 6749, 3.1: parameters must not be given twice. What one part of a program checks another might not use. */
function single(given: URLSearchParams): Parameters {
  const parameters = new Map<string, string>();
  for (const [name, value] of given) {
    if (parameters.has(name)) throw invalidRequest(`Parameter given twice: ${name}`);
    parameters.set(name, value);
  }
  return Object.fromEntries([...parameters].filter(([, value]) => value !== ""));
}

const stringParameters: ReadonlySet<string> = new Set([
  ...secretParameters,
  "audience",
  "client_assertion_type",
  "client_id",
  "grant_type",
  "organization",
  "realm",
  "redirect_uri",
  "scope",
  "token",
  "username",
]);

/**
 * The string parameters of a request's body; empty ones count as absent, and so do numbers, lists and objects, but for a
 * parameter that has a meaning: 400 `invalid_request`.
 */
export async function readParameters(req: HonoRequest): Promise<Parameters> {
  const entries = Object.entries(await readBody(req)).filter(([, value]) => value !== null && value !== "");
  for (const [name, value] of entries)
    if (typeof value !== "string" && stringParameters.has(name))
      throw invalidRequest(`Parameter must be a string: ${name}`);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** A parameter that must be there: 400 `invalid_request` without it. */
export function required(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (value === undefined) throw invalidRequest(`Missing required parameter: ${name}`);
  return value;
}

/** The scopes of a `scope` parameter, without blanks and doubles, in their order. */
export function scopesOf(scope: string | undefined): string[] {
  return [...new Set(scope?.split(" ").filter((word) => word !== ""))];
}
