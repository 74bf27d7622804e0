import type { TenantContext } from "../context.ts";
import type { JsonObject } from "../entities.ts";
import type { TokenCustomizations } from "../login-entities.ts";
import type { ActionEffect, Failure } from "../runtime/index.ts";
import { postLoginEvent } from "./action-events.ts";
import { OAuthError } from "./errors.ts";
import { executeActions, executeRules } from "./execute-policies.ts";
import type { Login } from "./login.ts";
import { redirectLogin } from "./login-redirects.ts";
import { applyMetadata } from "./metadata-effects.ts";
import { ruleConfiguration } from "./policies-in-force.ts";
import { ruleContext, ruleUser } from "./rule-input.ts";

/**
 * What rules, then post-login actions, do to the tokens of a login. Metadata that actions set is stored, also when one
 * denies. Throws an `OAuthError` where a policy denies or fails: `unauthorized` (401) for a rule's `UnauthorizedError`,
 * else `access_denied` (403); and a `LoginRedirect` where one sends the person elsewhere.
 */
export async function runLoginPolicies(context: TenantContext, login: Login): Promise<TokenCustomizations> {
  const { resumed } = login;
  const isBack = resumed?.stage === "actions";
  const fromRules = isBack ? resumed.fromRules : await runRules(context, login);
  const effects = await runActions(context, login, fromRules);
  return [...(isBack ? resumed.effects : []), ...effects].reduce(customize, fromRules);
}

const none: TokenCustomizations = { id_token: {}, access_token: {}, added_scopes: [], removed_scopes: [] };

async function runRules(context: TenantContext, login: Login): Promise<TokenCustomizations> {
  const input = async () => ({
    user: ruleUser(login.user),
    context: { ...ruleContext(context, login), ...(login.resumed && { protocol: REDIRECT_CALLBACK }) },
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
  const { idToken, accessToken, redirect } = result.value.context;
  const { url } = asObject(redirect);
  // One redirect per login: rules that come back may set it again, to no effect.
  if (typeof url === "string" && !login.resumed) throw redirectLogin(context, login, url, { stage: "rules" });
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

async function runActions(
  context: TenantContext,
  login: Login,
  fromRules: TokenCustomizations,
): Promise<readonly ActionEffect[]> {
  const before = login.resumed?.stage === "actions" ? login.resumed : undefined;
  const protocol = before ? REDIRECT_CALLBACK : login.protocol;
  const event = () => {
    const { transaction, ...rest } = postLoginEvent(context, login);
    return { ...rest, transaction: { ...asObject(transaction), protocol } };
  };
  const continuation = before && { by: before.by, metadata: transactionMetadata(before.effects) };
  const result = await executeActions(context, "post-login", event, subjectOf(login), continuation);
  if (!result) return [];
  if (!result.ok) throw denialBy(result.failure);
  applyMetadata(context, login.user.user_id, result.value);
  for (const effect of result.value) {
    if (effect.type === "access.deny") throw new OAuthError(403, "access_denied", effect.reason);
    if (effect.type === "validation.error") throw new OAuthError(403, effect.code, effect.message);
    if (effect.type === "redirect.sendUserTo")
      throw redirectLogin(context, login, effect.url, {
        stage: "actions",
        by: effect.by,
        fromRules,
        effects: [...(before?.effects ?? []), ...result.value],
      });
  }
  return result.value;
}

/** What policies find as the protocol of a login that comes back from a redirect. */
const REDIRECT_CALLBACK = "redirect-callback";

/** The transaction's metadata as actions have left it. */
function transactionMetadata(effects: readonly ActionEffect[]): Record<string, string | number | boolean> {
  const metadata = new Map<string, string | number | boolean>();
  for (const effect of effects)
    if (effect.type !== "transaction.setMetadata") continue;
    else if (effect.value === null) metadata.delete(effect.name);
    else metadata.set(effect.name, effect.value);
  return Object.fromEntries(metadata);
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
