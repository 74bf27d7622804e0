import type { Context } from "hono";
import { html } from "hono/html";
import type { TenantContext } from "../context.ts";
import { knownBrowserId } from "./cookies.ts";
import { firstPage } from "./first-page.ts";
import { findTransaction } from "./login-transactions.ts";
import { organizationNamed } from "./organizations.ts";
import { type Page, renderPage, respondPage } from "./page.ts";
import { pendingLogin } from "./pending-login.ts";
import { readParameters } from "./request.ts";

/** `GET /u/organization`: for clients that ask before the login. */
export function showOrganization(context: TenantContext, c: Context): Response | Promise<Response> {
  const { state } = pendingLogin(context, c, c.req.query("state"));
  return respondPage(c, renderOrganization(state));
}

/** `POST /u/organization`: fields `state`, `organization` (its name). On to the login, or the page again. */
export async function submitOrganization(context: TenantContext, c: Context): Promise<Response> {
  const { state: given, organization: name = "" } = await readParameters(c.req);
  const { state, callback } = pendingLogin(context, c, given);
  const organization = organizationNamed(context, name);
  if (!organization)
    return respondPage(c, renderOrganization(state, "The organization you entered is invalid"), 400);
  const transaction = findTransaction(context, state, knownBrowserId(c));
  const parameters = { ...transaction.parameters, organization: organization.id };
  const chosen = context.store.login_transactions.replace({ ...transaction, parameters });
  return c.redirect(firstPage(context, callback.client, chosen));
}

function renderOrganization(state: string, error?: string): Page {
  return renderPage(
    "Enter Your Organization",
    html`${error === undefined ? "" : html`<p class="error">${error}</p>`}
      <form method="post" action="/u/organization">
        <input type="hidden" name="state" value="${state}">
        <label>Organization
          <input name="organization" autocomplete="organization" required autofocus></label>
        <button>Continue</button>
      </form>`,
  );
}
