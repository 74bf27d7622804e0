import { html } from "hono/html";
import type { Client, Connection } from "../entities.ts";
import { isDatabase } from "./connections.ts";
import { type Page, renderPage } from "./page.ts";

/** What a login page shows: whose, for which request, and what went wrong the last time. */
export interface LoginView {
  readonly client: Client;
  readonly state: string;
  readonly error?: string | undefined;
  /** What was typed before, or the request's `login_hint`. */
  readonly username?: string | undefined;
}

/** `/u/login`: a form for the database, if the client has one, and a way to each of its social connections. */
export function renderLogin(view: LoginView, connections: readonly Connection[]): Page {
  const database = connections.find(isDatabase);
  const social = connections.filter((connection) => !isDatabase(connection));
  return renderPage(
    "Welcome",
    html`<p>Log in to continue to ${view.client.name}.</p>
      ${errorLine(view.error)}
      ${
        database &&
        html`<form method="post" action="/u/login">
          <input type="hidden" name="state" value="${view.state}">
          <input type="hidden" name="connection" value="${database.name}">
          <label>Email address or user name
            <input name="username" value="${view.username ?? ""}" autocomplete="username" required autofocus></label>
          <label>Password
            <input name="password" type="password" autocomplete="current-password" required></label>
          <button>Continue</button>
        </form>`
      }
      ${
        database && database.options.disable_signup !== true
          ? html`<a class="button" href="/u/signup?${new URLSearchParams({ state: view.state })}">Sign up instead</a>`
          : ""
      }
      ${social.map(
        ({ name }) =>
          html`<a class="button" href="/u/social?${new URLSearchParams({ state: view.state, connection: name })}">Continue with ${name}</a>`,
      )}
      ${connections.length === 0 ? html`<p>No connection is enabled for this application.</p>` : ""}`,
  );
}

/** `/u/signup`: a form for a new user of the database. */
export function renderSignUp(view: LoginView, database: Connection): Page {
  return renderPage(
    "Sign up",
    html`<p>Sign up to continue to ${view.client.name}.</p>
      ${errorLine(view.error)}
      <form method="post" action="/u/signup">
        <input type="hidden" name="state" value="${view.state}">
        <input type="hidden" name="connection" value="${database.name}">
        <label>Email address
          <input name="email" type="email" value="${view.username ?? ""}" autocomplete="email" required autofocus></label>
        ${
          database.options.requires_username === true
            ? html`<label>User name <input name="username" autocomplete="username" required></label>`
            : ""
        }
        <label>Password
          <input name="password" type="password" autocomplete="new-password" required></label>
        <button>Continue</button>
      </form>
      <a class="button" href="/u/login?${new URLSearchParams({ state: view.state })}">Log in instead</a>`,
  );
}

/** `/u/social`: the pretended page of a social provider, where one chooses who one is. */
export function renderSocial(view: LoginView, connection: Connection): Page {
  return renderPage(
    `Who are you at ${connection.name}?`,
    html`<p>The tenant believes what you say here, as it would believe ${connection.name}.</p>
      ${errorLine(view.error)}
      <form method="post" action="/u/social">
        <input type="hidden" name="state" value="${view.state}">
        <input type="hidden" name="connection" value="${connection.name}">
        <label>Email address
          <input name="email" type="email" value="${view.username ?? ""}" autocomplete="off" required autofocus></label>
        <label>Name
          <input name="name" autocomplete="off"></label>
        <button>Continue to ${view.client.name}</button>
      </form>`,
  );
}

/** A page that says why nothing can go on here. */
export function renderRefusal(message: string): Page {
  return renderPage("This does not work", html`<p class="error">${message}</p>`);
}

const errorLine = (error: string | undefined) =>
  error === undefined ? "" : html`<p class="error">${error}</p>`;
