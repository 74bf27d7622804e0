import type { JWTPayload } from "jose";
import type { Page } from "./page.ts";
import type { Tokens } from "./visitor.ts";

/** Shows what a login gave: of each token the claims that tell who somebody is and what he may do. */
export function showTokens(page: Page, { access, id }: Tokens): void {
  page.line("ID token", "who it is");
  showClaims(page, id, ["sub", "email"]);
  page.line("access token", "what may be done on his or her behalf");
  showClaims(page, access, ["aud", "permissions"]);
}

/** The named claims, then those in a namespace of ours. */
function showClaims(page: Page, payload: JWTPayload, names: readonly string[]): void {
  const ours = Object.keys(payload).filter((name) => name.startsWith("https://"));
  for (const name of [...names, ...ours])
    page.row(name, JSON.stringify(payload[name]).replaceAll('",', '", '));
}
