import { rolesAt } from "../access.ts";
import type { TenantContext } from "../context.ts";
import type { Client, Connection, JsonObject, User } from "../entities.ts";
import type { Organization } from "../organization-entities.ts";
import { tenantName } from "../tenant-name.ts";
import type { Exchange } from "./exchange-policies.ts";
import { eventGeoip } from "./geoip.ts";
import type { Login } from "./login.ts";
import type { Parameters, RequestFacts } from "./request.ts";
import { authenticationMethods, profileOf } from "./rule-input.ts";

// Events of actions as in Auth0's reference (actions/reference/TRIGGER/TRIGGER-event-object); secrets are added by the
// runtime, for each action its own.

/** Event of `post-login`. */
export function postLoginEvent(context: TenantContext, login: Login): JsonObject {
  const { user, parameters } = login;
  return {
    authentication: {
      methods: authenticationMethods(login).map(({ name, timestamp }) => ({
        name: name ?? null,
        timestamp: new Date(Number(timestamp)).toISOString(),
      })),
    },
    authorization: {
      roles: rolesAt(context.store, user.user_id, login.organization?.id).map((role) => role.name),
    },
    client: eventClient(login.client),
    connection: eventConnection(login.connection),
    ...(login.organization && { organization: eventOrganization(login.organization) }),
    request: eventRequest(context, login.request),
    ...(login.audience !== undefined && { resource_server: { identifier: login.audience } }),
    ...(login.sessionId !== undefined && { session: { id: login.sessionId } }),
    stats: { logins_count: user.logins_count ?? 0 },
    tenant: { id: tenantName(context) },
    transaction: {
      protocol: login.protocol,
      requested_scopes: login.requestedScopes,
      acr_values: words(parameters.acr_values),
      locale: login.request.language,
      prompt: words(parameters.prompt),
      response_type: words(parameters.response_type),
      ui_locales: words(parameters.ui_locales),
      ...present(parameters, "redirect_uri", "state", "login_hint", "response_mode"),
    },
    user: eventUser(user),
  };
}

/** Event of `credentials-exchange`. */
export function credentialsExchangeEvent(context: TenantContext, exchange: Exchange): JsonObject {
  return {
    accessToken: { customClaims: {}, scope: exchange.grantedScopes },
    client: eventClient(exchange.client),
    ...(exchange.organization && { organization: eventOrganization(exchange.organization) }),
    request: eventRequest(context, exchange.request),
    resource_server: { identifier: exchange.api.identifier },
    tenant: { id: tenantName(context) },
    transaction: { requested_scopes: exchange.requestedScopes },
  };
}

/** Event of `pre-user-registration`; `user` has no id yet. */
export function preRegistrationEvent(
  context: TenantContext,
  registration: {
    readonly client: Client;
    readonly connection: Connection;
    readonly user: JsonObject;
    readonly request: RequestFacts;
  },
): JsonObject {
  return {
    client: eventClient(registration.client),
    connection: eventConnection(registration.connection),
    request: eventRequest(context, registration.request),
    tenant: { id: tenantName(context) },
    user: { app_metadata: {}, user_metadata: {}, ...registration.user },
  };
}

/** Event of `post-user-registration`. */
export function postRegistrationEvent(
  context: TenantContext,
  registration: { readonly connection: Connection; readonly user: User; readonly request: RequestFacts },
): JsonObject {
  return {
    connection: eventConnection(registration.connection),
    request: eventRequest(context, registration.request),
    tenant: { id: tenantName(context) },
    user: eventUser(registration.user),
  };
}

const eventUser = (user: User): JsonObject => ({ app_metadata: {}, user_metadata: {}, ...profileOf(user) });

const eventClient = (client: Client): JsonObject => ({
  client_id: client.client_id,
  name: client.name,
  metadata: client.client_metadata ?? {},
});

const eventConnection = (connection: Connection): JsonObject => ({
  id: connection.id,
  name: connection.name,
  strategy: connection.strategy,
  metadata: (connection.metadata ?? {}) as JsonObject, // validated when stored
});

const eventOrganization = ({ id, name, display_name, metadata = {} }: Organization): JsonObject => ({
  id,
  name,
  ...(display_name !== undefined && { display_name }),
  metadata,
});

const eventRequest = (context: TenantContext, request: RequestFacts): JsonObject => ({
  ip: request.ip,
  method: request.method,
  hostname: context.domain,
  language: request.language,
  user_agent: request.userAgent,
  query: request.query,
  body: request.body,
  geoip: eventGeoip,
});

const words = (text: string | undefined): string[] => text?.split(" ").filter((word) => word !== "") ?? [];

function present(parameters: Parameters, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => (parameters[name] === undefined ? [] : [[name, parameters[name]]])),
  );
}
