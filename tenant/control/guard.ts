import { secretMatcher } from "../secret-matcher.ts";
import { ControlError } from "./errors.ts";

/**
 * Lets only those through who know the token and who mean this tenant. A web page that has its own name resolved to
 * this machine is told by the host it asks for (DNS rebinding), another one by its origin. Throws a `ControlError`.
 */
export function createGuard(url: string, token: string): (request: Request) => void {
  const { port } = new URL(url);
  const hosts = ["localhost", "127.0.0.1", "[::1]"].map((name) => (port === "" ? name : `${name}:${port}`));
  const isToken = secretMatcher(token);
  return ({ headers, url: asked }) => {
    const host = headers.get("host") ?? new URL(asked).host;
    if (!hosts.includes(host.toLowerCase()))
      throw new ControlError(
        403,
        "foreign_host",
        `The control API is asked for as ${url}/.tenant, by no other name`,
      );
    const origin = headers.get("origin");
    if (origin !== null && !hosts.includes(origin.replace(/^https:\/\//, "")))
      throw new ControlError(
        403,
        "foreign_origin",
        "The control API does not answer to web pages of elsewhere",
      );
    const [, given = ""] = /^Bearer (\S+)$/i.exec(headers.get("authorization") ?? "") ?? [];
    if (!isToken(given))
      throw new ControlError(
        401,
        "bad_token",
        "The control API needs the header `Authorization: Bearer TOKEN`; the token is in tenant.json in the state directory, and in the line that `rolebook tenant` prints",
      );
  };
}
