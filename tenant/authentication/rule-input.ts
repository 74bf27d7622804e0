import { rolesAt } from "../access.ts";
import type { TenantContext } from "../context.ts";
import type { JsonObject, User } from "../entities.ts";
import { tenantName } from "../tenant-name.ts";
import { isDatabase } from "./connections.ts";
import { ruleGeoip } from "./geoip.ts";
import type { Login } from "./login.ts";

/**
 * `user` of rules. Fields of `app_metadata` are in its root as well and win there; without metadata there is no
 * `app_metadata`.
 * @see Auth0 docs, customize/rules/user-object-in-rules
 */
export function ruleUser(user: User): JsonObject {
  return { ...profileOf(user), ...user.app_metadata };
}

/** A user as policies see him: without hashes of passwords and the counters that the tenant keeps. */
export function profileOf(user: User): JsonObject {
  const { password_hash, password_history, logins_count, last_login, last_ip, blocked, ...profile } = user;
  return { ...profile, multifactor: [] } as unknown as JsonObject; // a stored user is JSON; interfaces lack the index
}

/** `context` of rules, but for what only some connections and protocols have. */
export function ruleContext(context: TenantContext, login: Login): JsonObject {
  const { client, connection, user, organization, request } = login;
  const tenant = tenantName(context);
  return {
    tenant,
    clientID: client.client_id,
    clientName: client.name,
    clientMetadata: client.client_metadata ?? {},
    connection: connection.name,
    connectionID: connection.id,
    connectionStrategy: connection.strategy,
    connectionOptions: { tenant_domain: null, domain_aliases: [] },
    connectionMetadata: (connection.metadata ?? {}) as JsonObject, // validated when stored
    protocol: login.protocol,
    request: {
      userAgent: request.userAgent,
      ip: request.ip,
      hostname: context.domain,
      query: request.query,
      body: request.body,
      geoip: ruleGeoip,
    },
    stats: { loginsCount: user.logins_count ?? 0 },
    sso: { with_auth0: false, with_dbconn: isDatabase(connection), current_clients: [client.client_id] },
    accessToken: {},
    idToken: {},
    authorization: { roles: rolesAt(context.store, user.user_id, organization?.id).map((role) => role.name) },
    authentication: { methods: authenticationMethods(login) },
    ...(organization && {
      organization: { id: organization.id, name: organization.name, metadata: organization.metadata ?? {} },
    }),
    ...(login.sessionId !== undefined && { sessionID: login.sessionId }),
  };
}

/** How the person proved who he is: `pwd` or `federated`, with the time in milliseconds since the epoch. */
export function authenticationMethods(login: Login): JsonObject[] {
  const name = isDatabase(login.connection) ? "pwd" : "federated";
  return [{ name, timestamp: login.authTime * 1000 }];
}
