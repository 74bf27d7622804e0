import type { TenantContext } from "../context.ts";
import type { JsonObject, TokenCustomizations } from "../entities.ts";
import type { ActionEffect, Failure } from "../runtime/index.ts";
import { postLoginEvent } from "./action-events.ts";
import { OAuthError } from "./errors.ts";
import { executeActions, executeRules } from "./execute-policies.ts";
import type { Login } from "./login.ts";
import { applyMetadata } from "./metadata-effects.ts";
import { ruleConfiguration } from "./policies-in-force.ts";
import { ruleContext, ruleUser } from "./rule-input.ts";

/**
 * What rules, then post-login actions, do to the tokens of a login. Metadata that actions set is stored, also when one
 * denies. Throws an `OAuthError` where a policy denies or fails: `unauthorized` (401) for a rule's `UnauthorizedError`,
 * else `access_denied` (403).
 */
export async function runLoginPolicies(context: TenantContext, login: Login): Promise<TokenCustomizations> {
  const fromRules = await runRules(context, login);
  const effects = await runActions(context, login);
  return effects.reduce(customize, fromRules);
}

const none: TokenCustomizations = { id_token: {}, access_token: {}, added_scopes: [], removed_scopes: [] };

async function runRules(context: TenantContext, login: Login): Promise<TokenCustomizations> {
  const input = async () => ({
    user: ruleUser(login.user),
    context: ruleContext(context, login),
    globals: {
      accessToken: await rulesToken(context),
      domain: context.domain,
      baseUrl: `${context.issuer}api/v2`,
      configuration: ruleConfiguration(context),
    },
  });
  const result = await executeRules(context, input, subjectOf(login));
  if (!result) return none;
  if (!result.ok) throw denialBy(result.failure);
  const { idToken, accessToken } = result.value.context;
  const { scope, ...claims } = asObject(accessToken);
  return {
    ...none,
    id_token: asObject(idToken),
    access_token: claims,
    ...(Array.isArray(scope) && { scope: scope.map(String) }),
  };
}

/** The Management API token that rules find as `auth0.accessToken`. */
function rulesToken({ keys, issuer, managementAudience, clock, store }: TenantContext): Promise<string> {
  const clientId = store.clients.first({ global: true })?.client_id ?? "global";
  return keys.sign({
    iss: issuer,
    sub: `${clientId}@clients`,
    aud: managementAudience,
    iat: clock.seconds(),
    exp: clock.seconds() + 86_400,
    azp: clientId,
    scope: "read:users update:users",
    gty: "client-credentials",
  });
}

async function runActions(context: TenantContext, login: Login): Promise<readonly ActionEffect[]> {
  const event = () => postLoginEvent(context, login);
  const result = await executeActions(context, "post-login", event, subjectOf(login));
  if (!result) return [];
  if (!result.ok) throw denialBy(result.failure);
  applyMetadata(context, login.user.user_id, result.value);
  for (const effect of result.value) {
    if (effect.type === "access.deny") throw new OAuthError(403, "access_denied", effect.reason);
    if (effect.type === "validation.error") throw new OAuthError(403, effect.code, effect.message);
  }
  return result.value;
}

function customize(before: TokenCustomizations, effect: ActionEffect): TokenCustomizations {
  switch (effect.type) {
    case "idToken.setCustomClaim":
      return { ...before, id_token: { ...before.id_token, [effect.name]: effect.value } };
    case "accessToken.setCustomClaim":
      return { ...before, access_token: { ...before.access_token, [effect.name]: effect.value } };
    case "accessToken.addScope":
      return {
        ...before,
        added_scopes: [...before.added_scopes, effect.scope],
        removed_scopes: before.removed_scopes.filter((scope) => scope !== effect.scope),
      };
    case "accessToken.removeScope":
      return {
        ...before,
        added_scopes: before.added_scopes.filter((scope) => scope !== effect.scope),
        removed_scopes: [...before.removed_scopes, effect.scope],
      };
    default:
      return before;
  }
}

function denialBy({ name, message }: Failure): OAuthError {
  return name === "UnauthorizedError"
    ? new OAuthError(401, "unauthorized", message)
    : new OAuthError(403, "access_denied", message);
}

const subjectOf = ({ client, user }: Login) => ({ client_id: client.client_id, user_id: user.user_id });

/** Rules may leave anything in the place of the object they were given. */
const asObject = (value: unknown): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
