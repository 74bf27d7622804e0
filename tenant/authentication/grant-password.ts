import type { TenantContext } from "../context.ts";
import type { Client } from "../entities.ts";
import { findApi, requestedAudience } from "./audience.ts";
import { databaseOf, tenantSettings } from "./connections.ts";
import { verifyCredentials } from "./credentials.ts";
import { invalidGrant, invalidRequest } from "./errors.ts";
import { countLogin } from "./login.ts";
import { runLoginPolicies } from "./login-policies.ts";
import { organizationUsage } from "./organizations.ts";
import { required, scopesOf } from "./request.ts";
import type { Grant } from "./token.ts";
import { issueUserTokens } from "./user-tokens.ts";

/** Password grant at the tenant's default directory. */
export const password: Grant = (context, request) => {
  const { default_directory } = tenantSettings(context);
  if (typeof default_directory !== "string" || default_directory === "")
    throw invalidRequest("Authorization server not configured with default connection.");
  return logIn(context, request, default_directory);
};

/** Password grant at the database that the parameter `realm` names. */
export const passwordRealm: Grant = (context, request) =>
  logIn(context, request, required(request.parameters, "realm"));

async function logIn(
  context: TenantContext,
  { client, parameters, request }: Parameters<Grant>[1],
  realm: string,
): ReturnType<Grant> {
  const connection = databaseOf(context, client, realm);
  // Auth0 has no password logins to organizations.
  if (organizationUsage(client) === "require")
    throw invalidRequest("parameter organization is required for this client");
  const audience = requestedAudience(context, parameters.audience);
  findApi(context, audience);
  const known = verifyCredentials(
    context,
    connection,
    required(parameters, "username"),
    required(parameters, "password"),
  );
  if (!known) throw wrongPassword(context, client, connection.name, required(parameters, "username"));
  const user = countLogin(context, known, request);
  const login = {
    client,
    connection,
    user,
    protocol: "oauth2-password",
    audience,
    organization: undefined,
    requestedScopes: scopesOf(parameters.scope),
    request,
    parameters: {},
    sessionId: undefined,
    authTime: context.clock.seconds(),
  } as const;
  const customizations = await runLoginPolicies(context, login);
  return issueUserTokens(context, {
    ...login,
    customizations,
    allIfNoneRequested: true,
    gty: "password",
    withRefreshToken: true,
    familyId: context.ids.secret(16),
  });
}

function wrongPassword(context: TenantContext, client: Client, connection: string, userName: string) {
  context.log({ type: "fp", client_id: client.client_id, connection, user_name: userName });
  return invalidGrant("Wrong email or password.");
}
