import { html } from "hono/html";
import { type Page, renderPage } from "./page.ts";

/** `/u/reset-password`: a form for a new password. */
export function renderNewPassword(ticket: string, error?: string): Page {
  return renderPage(
    "Change your password",
    html`${error === undefined ? "" : html`<p class="error">${error}</p>`}
      <form method="post" action="/u/reset-password">
        <input type="hidden" name="ticket" value="${ticket}">
        <label>New password
          <input name="password" type="password" autocomplete="new-password" required autofocus></label>
        <button>Reset password</button>
      </form>`,
  );
}

/** A page that says that something is done. */
export function renderDone(message: string): Page {
  return renderPage("Done", html`<p>${message}</p>`);
}
