// The Authentication API: sign-up, tokens, the login page.

import { type Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { TenantContext } from "../context.ts";
import { noteCall } from "../noted-call.ts";
import { authorize } from "./authorize.ts";
import { changePassword, showNewPassword, submitNewPassword } from "./change-password.ts";
import { showConsent, submitConsent } from "./consent-form.ts";
import { continueLogin } from "./continue.ts";
import { type CrossOrigin, crossOriginHeaders, preflightHeaders } from "./cross-origin.ts";
import { discovery } from "./discovery.ts";
import { OAuthError, PageError, SignUpError } from "./errors.ts";
import { showLogin, showSocial, submitLogin, submitSocial } from "./login-forms.ts";
import { renderRefusal } from "./login-pages.ts";
import { LoginRedirect } from "./login-redirects.ts";
import { logout, oidcLogout } from "./logout.ts";
import { showOrganization, submitOrganization } from "./organization-form.ts";
import { pageHeaders } from "./page.ts";
import { factsOf, readBody } from "./request.ts";
import { revoke } from "./revoke.ts";
import { signUp } from "./sign-up.ts";
import { showSignUp, submitSignUp } from "./sign-up-form.ts";
import { exchangeToken } from "./token.ts";
import { userinfo } from "./userinfo.ts";

type Handler = (context: TenantContext, c: Context) => Response | Promise<Response>;

interface Endpoint {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** Name in the call log. */
  readonly operation: string;
  /** Absent where only the tenant's own pages, and links, lead. */
  readonly crossOrigin?: CrossOrigin;
  readonly handle: Handler;
}

/** Every endpoint of the Authentication API. */
export const endpoints: readonly Endpoint[] = [
  {
    method: "POST",
    path: "/dbconnections/signup",
    operation: "signUp",
    crossOrigin: "clients",
    handle: async (context, c) => {
      const body = await readBody(c.req);
      return c.json(await signUp(context, body, factsOf(c.req, {})));
    },
  },
  {
    method: "POST",
    path: "/dbconnections/change_password",
    operation: "changePassword",
    crossOrigin: "clients",
    handle: changePassword,
  },
  { method: "GET", path: "/u/reset-password", operation: "showNewPassword", handle: showNewPassword },
  { method: "POST", path: "/u/reset-password", operation: "submitNewPassword", handle: submitNewPassword },
  {
    method: "POST",
    path: "/oauth/token",
    operation: "exchangeToken",
    crossOrigin: "clients",
    handle: async (context, c) =>
      c.json(await exchangeToken(context, c.req), 200, { "cache-control": "no-store", pragma: "no-cache" }),
  },
  {
    method: "POST",
    path: "/oauth/revoke",
    operation: "revoke",
    crossOrigin: "clients",
    handle: async (context, c) => {
      await revoke(context, c.req);
      return c.body(null, 200, { "cache-control": "no-store" });
    },
  },
  { method: "GET", path: "/authorize", operation: "authorize", handle: authorize },
  { method: "GET", path: "/continue", operation: "continueLogin", handle: continueLogin },
  { method: "POST", path: "/continue", operation: "continueLogin", handle: continueLogin },
  { method: "GET", path: "/u/login", operation: "showLogin", handle: showLogin },
  { method: "POST", path: "/u/login", operation: "submitLogin", handle: submitLogin },
  { method: "GET", path: "/u/organization", operation: "showOrganization", handle: showOrganization },
  { method: "POST", path: "/u/organization", operation: "submitOrganization", handle: submitOrganization },
  { method: "GET", path: "/u/consent", operation: "showConsent", handle: showConsent },
  { method: "POST", path: "/u/consent", operation: "submitConsent", handle: submitConsent },
  { method: "GET", path: "/u/signup", operation: "showSignUp", handle: showSignUp },
  { method: "POST", path: "/u/signup", operation: "submitSignUp", handle: submitSignUp },
  { method: "GET", path: "/u/social", operation: "showSocial", handle: showSocial },
  { method: "POST", path: "/u/social", operation: "submitSocial", handle: submitSocial },
  {
    method: "GET",
    path: "/userinfo",
    operation: "userinfo",
    crossOrigin: "clients",
    handle: answerUserinfo,
  },
  {
    method: "POST",
    path: "/userinfo",
    operation: "userinfo",
    crossOrigin: "clients",
    handle: answerUserinfo,
  },
  { method: "GET", path: "/v2/logout", operation: "logout", handle: logout },
  { method: "GET", path: "/oidc/logout", operation: "oidcLogout", handle: oidcLogout },
  { method: "POST", path: "/oidc/logout", operation: "oidcLogout", handle: oidcLogout },
  {
    method: "GET",
    path: "/.well-known/openid-configuration",
    operation: "discovery",
    crossOrigin: "anyone",
    handle: (context, c) => c.json(discovery(context)),
  },
  {
    method: "GET",
    path: "/.well-known/jwks.json",
    operation: "jwks",
    crossOrigin: "anyone",
    handle: (context, c) => c.json(context.keys.jwks()),
  },
];

async function answerUserinfo(context: TenantContext, c: Context): Promise<Response> {
  return c.json(await userinfo(context, c.req.header("authorization")));
}

/** The routes of the Authentication API, and 501 naming any other endpoint: to be mounted last. */
export function authenticationRoutes(context: TenantContext): Hono {
  const app = new Hono();
  for (const { method, path, operation, crossOrigin, handle } of endpoints)
    app.on(method, path, (c) =>
      noteCall(context, c, operation, async () => {
        const response = await answer(c, () => handle(context, c));
        return withHeaders(response, crossOrigin ? readableFor(context, c, crossOrigin) : {});
      }),
    );
  for (const [path, { crossOrigin, methods }] of preflights())
    app.options(path, (c) =>
      noteCall(context, c, "preflight", async () =>
        withHeaders(c.body(null, 204), {
          ...preflightHeaders(methods),
          ...readableFor(context, c, crossOrigin),
        }),
      ),
    );
  app.all("*", (c) =>
    noteCall(context, c, "unknown", () =>
      answer(c, () => {
        const endpoint = `${c.req.method} ${c.req.path}`;
        throw new OAuthError(501, "not_emulated", `The local tenant does not have the endpoint ${endpoint}`);
      }),
    ),
  );
  return app;
}

/** The paths that pages of other origins may call, with their methods. */
function preflights() {
  const found = new Map<string, { readonly crossOrigin: CrossOrigin; readonly methods: string[] }>();
  for (const { method, path, crossOrigin } of endpoints) {
    if (crossOrigin === undefined) continue;
    const known = found.get(path);
    if (known) known.methods.push(method);
    else found.set(path, { crossOrigin, methods: [method] });
  }
  return found;
}

const readableFor = (context: TenantContext, c: Context, crossOrigin: CrossOrigin) =>
  crossOriginHeaders(context, crossOrigin, c.req.header("origin"));

function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries({ "x-content-type-options": "nosniff", ...headers }))
    response.headers.set(name, value);
  return response;
}

async function answer(c: Context, work: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    return refuse(c, error);
  }
}

function refuse(c: Context, error: unknown): Response | Promise<Response> {
  // Hono wants a status of its own type; ours are numbers that the errors were made with.
  const status = (value: number) => value as ContentfulStatusCode;
  if (error instanceof LoginRedirect) return c.redirect(error.url);
  if (error instanceof OAuthError) {
    // RFC 6750, 3: only the error that concerns a bearer token names its scheme.
    const challenge =
      error.error === "invalid_token" ? { "www-authenticate": `Bearer error="invalid_token"` } : {};
    return c.json(error.toWire(), status(error.status), challenge);
  }
  if (error instanceof SignUpError) return c.json(error.body, 400);
  if (error instanceof PageError)
    return c.html(renderRefusal(error.message), status(error.status), pageHeaders);
  console.error("the local tenant has a bug:", error);
  return c.json(
    { error: "server_error", error_description: "Something went wrong in the local tenant" },
    500,
  );
}
