// How the Auth0 provider will sign in to the tenant, by the same settings in the same order.
// Source: auth0/terraform-provider-auth0, internal/config/config.go.
import type { SignInSettings } from "../model/deployment.ts";
import type { Environment } from "./ask.ts";

/** `elsewise`: with a signed assertion or by a login of Auth0's own command line, which is left to the provider. */
export type SignIn =
  | { readonly kind: "client"; readonly id: string; readonly secret: string; readonly audience: string }
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "elsewise" }
  | { readonly kind: "none" };

/** The sign-in to the tenant at `domain`: each setting of `configured`, else of the environment. */
export function signInTo(domain: string, configured: SignInSettings, env: Environment): SignIn {
  const token = configured.apiToken || env.AUTH0_API_TOKEN;
  if (token) return { kind: "token", token };
  if (env.AUTH0_CLIENT_ASSERTION_PRIVATE_KEY || env.AUTH0_CLI_LOGIN) return { kind: "elsewise" };
  const id = configured.clientId || env.AUTH0_CLIENT_ID;
  const secret = configured.clientSecret || env.AUTH0_CLIENT_SECRET;
  const audience = configured.audience || env.AUTH0_AUDIENCE || `https://${domain}/api/v2/`;
  return id && secret ? { kind: "client", id, secret, audience } : { kind: "none" };
}
