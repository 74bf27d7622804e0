import type { TenantContext } from "../context.ts";
import type { Client, JsonObject, ResourceServer } from "../entities.ts";
import type { Organization } from "../organization-entities.ts";
import type { Failure } from "../runtime/index.ts";
import { tenantName } from "../tenant-name.ts";
import { credentialsExchangeEvent } from "./action-events.ts";
import { namespacedClaims } from "./custom-claims.ts";
import { OAuthError } from "./errors.ts";
import { executeActions, executeHook } from "./execute-policies.ts";
import type { RequestFacts } from "./request.ts";

/** A client that gets a token for itself. */
export interface Exchange {
  readonly client: Client;
  readonly api: ResourceServer;
  readonly grantedScopes: readonly string[];
  readonly requestedScopes: readonly string[];
  /** Where the token is for acting in an organization. */
  readonly organization: Organization | undefined;
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
  const { client_id, name, client_metadata: metadata = {} } = client;
  const values = () => [
    { id: client_id, name, tenant: tenantName(context), metadata },
    [...grantedScopes],
    api.identifier,
    {},
  ];
  const result = await executeHook(context, "credentials-exchange", values, { client_id });
  if (!result) return { scopes: grantedScopes, claims: {} };
  if (!result.ok) throw refusalBy(result.failure);
  const { value } = result;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { scopes: [], claims: {} };
  const { scope, ...claims } = value as JsonObject;
  // A hook that leaves `scope` out of its result drops the scopes that were granted.
  return { scopes: Array.isArray(scope) ? scope.map(String) : [], claims: namespacedClaims(claims) };
}

async function runActions(context: TenantContext, exchange: Exchange): Promise<JsonObject> {
  const event = () => credentialsExchangeEvent(context, exchange);
  const { client_id } = exchange.client;
  const result = await executeActions(context, "credentials-exchange", event, { client_id });
  if (!result) return {};
  if (!result.ok) throw refusalBy(result.failure);
  for (const effect of result.value)
    if (effect.type === "access.deny") throw refusal(effect.code, effect.reason);
  return Object.fromEntries(
    result.value.flatMap((effect) =>
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
