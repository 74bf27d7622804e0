// What has to hold for every answer, whatever was asked.
import type { StoreDump } from "../../tenant/index.ts";
import type { Api, FuzzedRequest } from "./requests.ts";

/** An answer, with the text of its body. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly milliseconds: number;
}

/** Milliseconds that an answer may take; a slow machine is no fault. */
const LONGEST = 5000;

/** What is written although a request is refused: what happened, and what may be used once. */
const NOTED: readonly string[] = ["logs", "authorization_codes", "used_assertions"];

/** The state as far as a refused request must not change it. */
export const stateOf = (dump: StoreDump): string =>
  JSON.stringify(Object.entries(dump).filter(([name]) => !NOTED.includes(name)));

/** What is wrong with an answer, undefined if nothing. */
export function faultOf(
  { api }: FuzzedRequest,
  { status, type, text, milliseconds }: Answer,
  hasChanged: boolean,
): string | undefined {
  if (status >= 500 && status !== 501) return `answers ${status}`;
  if (milliseconds > LONGEST) return `takes ${Math.round(milliseconds)} ms`;
  if (/\bat .*(file:\/\/|node:internal|\.ts:\d)/.test(text)) return "shows where the program is";
  if (status < 400) return undefined;
  if (hasChanged) return `answers ${status} and changes the state`;
  if (type.startsWith("text/html") && api === "authentication") return undefined;
  if (!type.startsWith("application/json")) return `answers ${status} as "${type}"`;
  return hasForm(api, status, text) ? undefined : `answers ${status} in another form than its API: ${text}`;
}

/** Whether an error has the form that the API gives to all of its own. */
function hasForm(api: Api, status: number, text: string): boolean {
  if (text === "") return true; // HEAD
  const body: unknown = JSON.parse(text);
  if (typeof body !== "object" || body === null) return false;
  const is = (name: string, kind: string, of: object = body) =>
    name in of && typeof of[name as never] === kind;
  const isOAuth = is("error", "string") && is("error_description", "string");
  switch (api) {
    case "control":
      return (
        "error" in body &&
        is("code", "string", Object(body.error)) &&
        is("message", "string", Object(body.error))
      );
    case "authentication":
      return isOAuth || is("name", "string") || is("code", "string") || is("error", "string");
    default:
      // A path that leaves /api/v2 by its dots is asked of the Authentication API.
      return (
        isOAuth ||
        ("statusCode" in body &&
          body.statusCode === status &&
          is("error", "string") &&
          is("message", "string"))
      );
  }
}
