import type { HonoRequest } from "hono";
import type { TenantContext } from "../context.ts";
import type { Client } from "../entities.ts";
import { authenticateClient, requireGrantType } from "./client-authentication.ts";
import { OAuthError } from "./errors.ts";
import { authorizationCode } from "./grant-authorization-code.ts";
import { clientCredentials } from "./grant-client-credentials.ts";
import { password, passwordRealm } from "./grant-password.ts";
import { refreshToken } from "./grant-refresh-token.ts";
import { factsOf, type Parameters, type RequestFacts, readParameters, required } from "./request.ts";
import type { TokenResponse } from "./user-tokens.ts";

/** A way to get tokens: the client is authenticated and may use it. Throws an `OAuthError` to refuse. */
export type Grant = (
  context: TenantContext,
  request: {
    readonly client: Client;
    readonly parameters: Parameters;
    readonly request: RequestFacts;
  },
) => Promise<TokenResponse>;

/** Each grant with the log codes of its success and its failure. */
const grants: Readonly<
  Record<string, { readonly run: Grant; readonly succeeded: string; readonly failed: string }>
> = {
  authorization_code: { run: authorizationCode, succeeded: "seacft", failed: "feacft" },
  client_credentials: { run: clientCredentials, succeeded: "seccft", failed: "feccft" },
  password: { run: password, succeeded: "sepft", failed: "fepft" },
  "http://auth0.com/oauth/grant-type/password-realm": {
    run: passwordRealm,
    succeeded: "sepft",
    failed: "fepft",
  },
  refresh_token: { run: refreshToken, succeeded: "sertft", failed: "fertft" },
};

/** The answer of `POST /oauth/token`. */
export async function exchangeToken(context: TenantContext, req: HonoRequest): Promise<TokenResponse> {
  const parameters = await readParameters(req);
  const grantType = required(parameters, "grant_type");
  const grant = Object.hasOwn(grants, grantType) ? grants[grantType] : undefined;
  if (!grant) throw new OAuthError(403, "unsupported_grant_type", `Unsupported grant type: ${grantType}`);
  const client = await authenticateClient(context, parameters, req.header("authorization"));
  requireGrantType(client, grantType);
  const subject = {
    client_id: client.client_id,
    client_name: client.name,
    ...(parameters.audience !== undefined && { audience: parameters.audience }),
  };
  try {
    const tokens = await grant.run(context, {
      client,
      parameters,
      request: factsOf(req, { body: parameters }),
    });
    context.log({ type: grant.succeeded, ...subject });
    return tokens;
  } catch (error) {
    if (error instanceof OAuthError)
      context.log({ type: error.logType ?? grant.failed, description: error.message, ...subject });
    throw error;
  }
}
