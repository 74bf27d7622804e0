// What Auth0 hands to rules and hooks, made of an event in the words of actions.
import type { Events, LoginEvent } from "../../src/policy/events.ts";

/** `user` and `context` of a rule: no metadata if there is none, and what there is at the user's root, too. */
export function ruleInput(event: LoginEvent) {
  const { app_metadata, user_metadata, ...user } = event.user;
  const { ip, hostname, user_agent, geoip, query, body } = event.request;
  return {
    user: {
      ...user,
      ...(typeof app_metadata === "object" && app_metadata),
      ...(!isEmpty(app_metadata) && { app_metadata }),
      ...(!isEmpty(user_metadata) && { user_metadata }),
    },
    context: {
      tenant: event.tenant.id,
      clientID: event.client.client_id,
      clientName: event.client.name,
      ...(!isEmpty(event.client.metadata) && { clientMetadata: event.client.metadata }),
      connection: event.connection.name,
      connectionID: event.connection.id,
      connectionStrategy: event.connection.strategy,
      protocol: event.transaction.protocol,
      request: {
        ip,
        hostname,
        userAgent: user_agent,
        query: { ...query, ...(event.resource_server && { audience: event.resource_server.identifier }) },
        body,
        geoip: { country_code: geoip.countryCode },
      },
      stats: { loginsCount: event.stats.logins_count },
      ...(event.organization && { organization: event.organization }),
      ...withRoles(event),
      accessToken: {},
      idToken: {},
    },
  };
}

/** `event` of an action: without `authorization` where there are no roles. */
export function actionInput({ authorization: _, ...event }: LoginEvent) {
  return { ...event, ...withRoles({ authorization: _ }) };
}

/** The arguments of a hook that stand before its callback; the last one is the context. */
export function hookInput(
  flow: "preUserRegistration" | "postUserRegistration" | "credentialsExchange",
  event: Events[keyof Events],
): readonly unknown[] {
  if (flow === "credentialsExchange") {
    const { client, resource_server, accessToken } = event as Events["credentialsExchange"];
    const input = { id: client.client_id, name: client.name, metadata: client.metadata };
    return [input, accessToken.scope, resource_server.identifier, {}];
  }
  const { user, connection } = event as Events["postUserRegistration"];
  const { user_id = "", email, email_verified, username, phone_number, app_metadata, user_metadata } = user;
  return [
    {
      ...(user_id && { id: user_id.split("|")[1] }),
      email,
      username,
      password: "hunter2",
      emailVerified: email_verified,
      phoneNumber: phone_number,
      ...(!isEmpty(app_metadata) && { app_metadata }),
      ...(!isEmpty(user_metadata) && { user_metadata }),
    },
    { connection },
  ];
}

function withRoles({ authorization }: Pick<LoginEvent, "authorization">) {
  return authorization.roles.length > 0 && { authorization: { ...authorization } };
}

const isEmpty = (value: unknown) =>
  value !== null && typeof value === "object" && Object.keys(value).length === 0;
