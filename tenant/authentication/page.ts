import type { Context } from "hono";
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

/** A whole HTML document; what stands in templates is escaped. */
export type Page = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Headers of every page: nothing is loaded from anywhere, nobody frames it, nobody stores it. */
export const pageHeaders = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** A page of the tenant: a card with a heading in the middle of the screen. */
export function renderPage(title: string, content: Page): Page {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <style>
      * { box-sizing: border-box; }
      body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #f1f2f6; color: #1e212a;
        font: 16px/1.5 system-ui, sans-serif; }
      main { width: min(26rem, 100vw); padding: 2.5rem; background: #fff; border-radius: 0.75rem;
        box-shadow: 0 0.75rem 2.5rem #0002; }
      h1 { margin: 0 0 0.25rem; font-size: 1.5rem; }
      p { margin: 0 0 1.25rem; color: #65676e; }
      label { display: block; margin-bottom: 1rem; font-size: 0.875rem; color: #65676e; }
      input { width: 100%; padding: 0.75rem; border: 1px solid #c9cace; border-radius: 0.375rem; font: inherit; }
      :focus-visible { outline: 2px solid #635dff; outline-offset: 2px; }
      button, .button { display: block; width: 100%; padding: 0.75rem; border: 1px solid #635dff; border-radius: 0.375rem;
        background: #635dff; color: #fff; font: inherit; text-align: center; text-decoration: none; cursor: pointer; }
      .button { margin-top: 0.75rem; background: #fff; color: #1e212a; border-color: #c9cace; }
      .error { padding: 0.75rem; border-radius: 0.375rem; background: #fdecea; color: #b3261e; }
      .note { margin: 1.5rem 0 0; font-size: 0.8125rem; }
    </style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      ${content}
      <p class="note">This is a local tenant. No account of yours is asked for or used.</p>
    </main>
  </body>
</html>`;
}

/** Answers a page. */
export function respondPage(
  c: Context,
  page: Page,
  status: 200 | 400 | 403 = 200,
): Response | Promise<Response> {
  return c.html(page, status, pageHeaders);
}
