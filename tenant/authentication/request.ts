import type { HonoRequest } from "hono";
import { readText } from "../body.ts";
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

/** The tenant listens on loopback only. */
const LOOPBACK = "127.0.0.1";

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

/** Bytes. */
const LARGEST = 100_000;

/** The body of a request: a form or JSON. 400 `invalid_request` for JSON that is no object, 413 for more than 100 kB. */
export async function readBody(req: HonoRequest): Promise<Readonly<Record<string, unknown>>> {
  const text = await readText(req, LARGEST);
  if (text === undefined) throw new OAuthError(413, "invalid_request", "the body is too large");
  if (!req.header("content-type")?.includes("json")) return Object.fromEntries(new URLSearchParams(text));
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body))
      return body as Record<string, unknown>;
  } catch {
    // said below
  }
  throw invalidRequest("expected a JSON object as the body");
}

/** The string parameters of a request's body; empty ones count as absent. */
export async function readParameters(req: HonoRequest): Promise<Parameters> {
  return Object.fromEntries(
    Object.entries(await readBody(req)).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
    ),
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
