import { createHash, randomBytes } from "node:crypto";
import { decodeJwt, type JWTPayload } from "jose";

/** An application as its users meet it. */
export interface Application {
  readonly clientId: string;
  readonly callback: string;
  readonly audience: string;
  /** Only of those that keep one: web applications on a server. */
  readonly clientSecret?: string;
  /** The id of the organization that people log in to. */
  readonly organization?: string;
}

/** What a login gives. */
export interface Tokens {
  readonly accessToken: string;
  /** The access token's claims. */
  readonly access: JWTPayload;
  /** The ID token's claims. */
  readonly id: JWTPayload;
}

/** How somebody says who he is: on the login page's form, or on that of a social connection. */
export type Identity =
  | { readonly email: string; readonly password: string }
  | { readonly connection: string; readonly email: string; readonly name: string };

/** The tenant refused what the visitor tried; the message is what the application is told. */
export class Refused extends Error {}

const database = "Username-Password-Authentication";

/** Creates an account with e-mail and password. @see Auth0 Authentication API, POST /dbconnections/signup */
export async function signUp(
  tenant: URL,
  { clientId }: Application,
  email: string,
  password: string,
): Promise<void> {
  const answer = await fetch(new URL("/dbconnections/signup", tenant), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ client_id: clientId, connection: database, email, password }),
  });
  if (!answer.ok) throw new Refused(await answer.text());
}

/** Passes over the refusal of a sign-up by somebody who has an account already; throws any other. */
export function accountExists(error: unknown): void {
  if (!(error instanceof Refused && error.message.includes("user_exists"))) throw error;
}

/**
 * Logs in as a browser would: authorization code with PKCE (RFC 7636) through the tenant's login page, of which the form
 * is sent. Throws `Refused` with the error that the application's callback gets.
 */
export async function logIn(
  tenant: URL,
  { clientId, callback, audience, clientSecret, organization }: Application,
  identity: Identity,
  scope = "openid profile email",
): Promise<Tokens> {
  const verifier = randomBytes(32).toString("base64url");
  const authorize = new URL("/authorize", tenant);
  authorize.search = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: callback,
    audience,
    scope,
    state: randomBytes(8).toString("hex"),
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...(organization && { organization }),
  }).toString();

  const cookies = new Map<string, string>();
  const page = await follow(authorize, cookies);
  const state = page.searchParams.get("state") ?? "";
  const fields =
    "password" in identity
      ? { connection: database, username: identity.email, password: identity.password }
      : identity;
  const form = new URL("password" in identity ? "/u/login" : "/u/social", tenant);
  const back = await follow(form, cookies, new URLSearchParams({ state, ...fields }));
  const refusal = back.searchParams.get("error_description");
  if (refusal) throw new Refused(refusal);
  return exchange(tenant, {
    grant_type: "authorization_code",
    client_id: clientId,
    redirect_uri: callback,
    code: back.searchParams.get("code") ?? "",
    code_verifier: verifier,
    ...(clientSecret && { client_secret: clientSecret }),
  });
}

/** Where a browser with these cookies is sent next. */
async function follow(url: URL, cookies: Map<string, string>, form?: URLSearchParams): Promise<URL> {
  const answer = await fetch(url, {
    redirect: "manual",
    headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    ...(form && { method: "POST", body: form }),
  });
  for (const cookie of answer.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    cookies.set(name, value);
  }
  const location = answer.headers.get("location");
  if (location === null) {
    const [, said] = /class="error">([^<]*)</.exec(await answer.text()) ?? [];
    throw new Refused(said ?? `${url.pathname} answered ${answer.status} and leads nowhere`);
  }
  return new URL(location, url);
}

async function exchange(tenant: URL, parameters: Record<string, string>): Promise<Tokens> {
  const answer = await fetch(new URL("/oauth/token", tenant), {
    method: "POST",
    body: new URLSearchParams(parameters),
  });
  // The tenant's answer in the shape RFC 6749, 5.1 and 5.2 give it.
  const body = (await answer.json()) as {
    access_token: string;
    id_token: string;
    error_description?: string;
  };
  if (!answer.ok) throw new Refused(body.error_description ?? `/oauth/token answered ${answer.status}`);
  return {
    accessToken: body.access_token,
    access: decodeJwt(body.access_token),
    id: decodeJwt(body.id_token),
  };
}
