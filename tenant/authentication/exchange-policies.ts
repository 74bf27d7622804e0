import type { TenantContext } from "../context.ts";
import type { Client, JsonObject, ResourceServer } from "../entities.ts";
import type { Failure } from "../runtime/index.ts";
import { credentialsExchangeEvent } from "./action-events.ts";
import { namespacedClaims } from "./custom-claims.ts";
import { OAuthError } from "./errors.ts";
import { actionsInForce, hookInForce, logExecution } from "./policies-in-force.ts";
import type { RequestFacts } from "./request.ts";
import { tenantName } from "./tenant-name.ts";

/** A client that gets a token for itself. */
export interface Exchange {
  readonly client: Client;
  readonly api: ResourceServer;
  readonly grantedScopes: readonly string[];
  readonly requestedScopes: readonly string[];
  readonly request: RequestFacts;
}

/** Scopes and custom claims of the token. */
export interface ExchangeResult {
  readonly scopes: readonly string[];
  readonly claims: JsonObject;
}

/**
 * What the hook and the actions of a token exchange make of it. Throws an `OAuthError` where one denies:
 * `invalid_scope` or `invalid_request` (400), else `server_error` (500).
 */
export async function runExchangePolicies(
  context: TenantContext,
  exchange: Exchange,
): Promise<ExchangeResult> {
  const afterHook = await runHook(context, exchange);
  const claims = await runActions(context, { ...exchange, grantedScopes: afterHook.scopes });
  return { scopes: afterHook.scopes, claims: { ...afterHook.claims, ...claims } };
}

async function runHook(context: TenantContext, exchange: Exchange): Promise<ExchangeResult> {
  const { client, api, grantedScopes } = exchange;
  const trigger = "credentials-exchange";
  const hook = hookInForce(context, trigger);
  if (!hook) return { scopes: grantedScopes, claims: {} };
  const execution = await context.runtime.runHook(hook, [
    {
      id: client.client_id,
      name: client.name,
      tenant: tenantName(context),
      metadata: client.client_metadata ?? {},
    },
    [...grantedScopes],
    api.identifier,
    {},
  ]);
  logExecution(context, { kind: "hook", trigger, policies: [hook], client_id: client.client_id }, execution);
  if (!execution.result.ok) throw refusalBy(execution.result.failure);
  const { value } = execution.result;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { scopes: [], claims: {} };
  const { scope, ...claims } = value as JsonObject;
  // A hook that leaves `scope` out of its result drops the scopes that were granted.
  return { scopes: Array.isArray(scope) ? scope.map(String) : [], claims: namespacedClaims(claims) };
}

async function runActions(context: TenantContext, exchange: Exchange): Promise<JsonObject> {
  const trigger = "credentials-exchange";
  const actions = actionsInForce(context, trigger);
  if (actions.length === 0) return {};
  const execution = await context.runtime.runActions(
    trigger,
    actions,
    credentialsExchangeEvent(context, exchange),
  );
  logExecution(
    context,
    { kind: "actions", trigger, policies: actions, client_id: exchange.client.client_id },
    execution,
  );
  if (!execution.result.ok) throw refusalBy(execution.result.failure);
  const effects = execution.result.value;
  for (const effect of effects) if (effect.type === "access.deny") throw refusal(effect.code, effect.reason);
  return Object.fromEntries(
    effects.flatMap((effect) =>
      effect.type === "accessToken.setCustomClaim" ? [[effect.name, effect.value]] : [],
    ),
  );
}

const refusalBy = ({ fields, message }: Failure) => refusal(fields.code, message);

function refusal(code: unknown, message: string): OAuthError {
  return code === "invalid_scope" || code === "invalid_request"
    ? new OAuthError(400, code, message)
    : new OAuthError(500, "server_error", message);
}
