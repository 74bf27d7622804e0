import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { TenantContext } from "../context.ts";

const SESSION = "auth0";
const BROWSER = "auth0_browser";

const options = { httpOnly: true, secure: true, sameSite: "Lax", path: "/" } as const;

export const sessionIdOf = (c: Context): string | undefined => getCookie(c, SESSION);
export const setSessionId = (c: Context, id: string): void => setCookie(c, SESSION, id, options);
export const clearSessionId = (c: Context): void => void deleteCookie(c, SESSION, options);

/** The id that binds login pages to the browser they were opened in, or undefined without the cookie. */
export const knownBrowserId = (c: Context): string | undefined => getCookie(c, BROWSER);

/** The browser's id; a new one is sent along with the answer. */
export function browserIdOf({ ids }: TenantContext, c: Context): string {
  const known = knownBrowserId(c);
  if (known !== undefined) return known;
  const id = ids.secret(32);
  setCookie(c, BROWSER, id, options);
  return id;
}
