import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { html, raw } from "hono/html";
import type { Callback } from "./authorization-request.ts";
import type { OAuthError } from "./errors.ts";
import { pageHeaders, renderPage } from "./page.ts";
import type { Parameters } from "./request.ts";

/** Sends the browser to the callback with an answer and the request's `state`, in the mode that was asked for. */
export function answerCallback(
  c: Context,
  { redirectUri, state, mode }: Callback,
  answer: Parameters,
): Response | Promise<Response> {
  const fields = Object.entries({ ...answer, state }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  switch (mode) {
    case "query":
    case "fragment":
      return c.redirect(addressWith(redirectUri, mode, fields));
    case "form_post":
      return formPost(c, redirectUri, fields);
    case "web_message":
      return webMessage(c, redirectUri, fields);
  }
}

/** Sends the browser to the callback with an error. */
export function answerError(c: Context, callback: Callback, error: OAuthError): Response | Promise<Response> {
  return answerCallback(c, callback, { error: error.error, error_description: error.message });
}

type Fields = readonly (readonly [string, string])[];

function addressWith(redirectUri: string, mode: "query" | "fragment", fields: Fields): string {
  const url = new URL(redirectUri);
  if (mode === "query") for (const [name, value] of fields) url.searchParams.set(name, value);
  else url.hash = new URLSearchParams(Object.fromEntries(fields)).toString();
  return url.href;
}

/** OAuth 2.0 Form Post Response Mode: a form that sends itself. */
function formPost(c: Context, redirectUri: string, fields: Fields): Response | Promise<Response> {
  const nonce = newNonce();
  const page = renderPage(
    "One moment",
    html`<form method="post" action="${redirectUri}">
        ${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
        <button>Continue</button>
      </form>
      <script nonce="${nonce}">document.forms[0].submit();</script>`,
  );
  return c.html(page, 200, headersWith(nonce, "'none'"));
}

/** For a page of the application that holds this one in a frame or has opened it; nobody else can read the message. */
function webMessage(c: Context, redirectUri: string, fields: Fields): Response | Promise<Response> {
  const nonce = newNonce();
  const { origin } = new URL(redirectUri);
  const message = { type: "authorization_response", response: Object.fromEntries(fields) };
  const script = `(window.opener || window.parent).postMessage(${asScript(message)}, ${asScript(origin)});`;
  const page = renderPage("One moment", html`<script nonce="${nonce}">${raw(script)}</script>`);
  return c.html(page, 200, headersWith(nonce, origin));
}

const newNonce = () => randomBytes(16).toString("base64");

/** JSON that cannot end the script element that it stands in. */
const asScript = (value: unknown) => JSON.stringify(value).replaceAll("<", "\\u003c");

const headersWith = (nonce: string, ancestors: string) => ({
  ...pageHeaders,
  "content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'; frame-ancestors ${ancestors}; base-uri 'none'`,
});
