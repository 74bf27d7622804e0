import type { TenantContext } from "../context.ts";
import type { Client } from "../entities.ts";
import type { LoginTransaction } from "../login-entities.ts";
import { connectionOf, isDatabase } from "./connections.ts";

/** Where a login begins: at the page of the connection that the request names, at the sign-up, or at the login page. */
export function firstPage(
  context: TenantContext,
  client: Client,
  { state, parameters }: LoginTransaction,
): string {
  const { connection: name, screen_hint } = parameters;
  const named = name === undefined ? undefined : connectionOf(context, client, name);
  if (named && !isDatabase(named))
    return `/u/social?${new URLSearchParams({ state, connection: named.name })}`;
  return `/u/${screen_hint === "signup" ? "signup" : "login"}?${new URLSearchParams({ state })}`;
}
