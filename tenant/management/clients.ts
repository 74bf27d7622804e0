import type { TenantContext } from "../context.ts";
import type { Client } from "../entities.ts";
import { clientDefaults, OIDC_LOGOUT_DEFAULTS, SESSION_TRANSFER_DEFAULTS } from "./client-defaults.ts";
import { clientChange, clientCreation } from "./client-fields.ts";
import { removeClientGrants } from "./client-grants.ts";
import { visibleFields } from "./client-visibility.ts";
import { clientToWire } from "./client-wire.ts";
import { badRequest, notFound } from "./errors.ts";
import { isObject } from "./json.ts";
import { makeMethods } from "./make-credential.ts";
import { checkpoint, listed, page, selectFields, wantsCheckpoint } from "./paging.ts";
import { patched, withoutNulls } from "./patch.ts";
import { created, handlers, noContent, ok, type Query } from "./request.ts";
import { parseBody } from "./validation.ts";

/** Objects that a PATCH merges; all others are replaced as a whole. */
const MERGED = [
  "client_metadata",
  "jwt_configuration",
  "mobile",
  "native_social_login",
  "session_transfer",
  "signed_request_object",
];

/** With `fields`, these come although they were not asked for. */
const ALWAYS = ["tenant"];

export const clients = handlers({
  listClients: ({ query, scopes }, context) => {
    const { store } = context;
    const where = { ...(query.is_global !== undefined && { global: query.is_global === "true" }) };
    const toWire = clientToWire(context);
    const wire = (client: Client) => selectFields(query, visibleFields(toWire(client), scopes), ALWAYS);
    if (wantsCheckpoint(query))
      return ok(
        checkpoint(query, "clients", (take, after) => {
          const { items, ...rest } = store.clients.stretch(where, take, after);
          return { items: items.map(wire), ...rest };
        }),
      );
    const matching = store.clients.find(where).filter((client) => matchesFilters(client, query));
    return ok(page(query, "clients", listed(matching.map(wire))));
  },

  createClient: ({ body }, context) => {
    const sent = withoutNulls(parseBody(clientCreation, body));
    const { store, ids } = context;
    refuseUnknownApi(context, sent.resource_server_identifier);
    const defaults = clientDefaults(sent);
    const client_id =
      sent.third_party_security_mode === "strict" ? `tpc_${ids.alphanumeric(22)}` : ids.clientId();
    const { client_authentication_methods: methods } = sent;
    const fields = {
      ...defaults,
      ...sent,
      ...(methods && { client_authentication_methods: makeMethods(context, client_id, methods) }),
      ...(sent.oidc_logout && { oidc_logout: { ...OIDC_LOGOUT_DEFAULTS, ...sent.oidc_logout } }),
      ...(sent.jwt_configuration && {
        jwt_configuration: { ...defaults.jwt_configuration, ...sent.jwt_configuration },
      }),
      global: false,
      client_id,
      client_secret: sent.client_secret ?? ids.secret(),
    };
    const client = completed(fields as Client); // the schema gives every field Auth0's type
    refuseUnknownCredentials(context, client, client);
    // Only this answer says that the secret is kept encrypted.
    return created({ ...clientToWire(context)(store.clients.insert(client)), encrypted: true });
  },

  getClient: ({ path, query, scopes }, context) => {
    const client = clientToWire(context)(findClient(context, path.id));
    return ok(selectFields(query, visibleFields(client, scopes), ALWAYS));
  },

  updateClient: ({ path, body }, context) => {
    const change = parseBody(clientChange, body);
    const client = findClient(context, path.id);
    if (client.global) refuseForGlobal(change);
    refuseUnknownCredentials(context, client, change);
    const next = completed(mirrorLogout(patched(client, change, MERGED), change));
    return ok(clientToWire(context)(context.store.clients.replace(next)));
  },

  deleteClient: ({ path }, context) => {
    const client = context.store.clients.get(path.id);
    if (client?.global) throw badRequest("The global client cannot be deleted", "operation_not_supported");
    if (client) removeWithDependents(context, path.id);
    return noContent;
  },

  rotateClientSecret: ({ path }, context) => {
    const client = findClient(context, path.id);
    const rotated = { ...client, client_secret: context.ids.secret() };
    return ok(clientToWire(context)(context.store.clients.replace(rotated)));
  },
});

/** The client with this id, or 404. */
export function findClient({ store }: TenantContext, id: string): Client {
  const client = store.clients.get(id);
  if (!client) throw notFound("The client does not exist", "inexistent_client");
  return client;
}

/** The client with the members that Auth0 fills into nested objects. */
function completed(client: Client): Client {
  const { session_transfer, oidc_logout } = client;
  return {
    // An empty address is none.
    ...(client.initiate_login_uri === "" ? patched(client, { initiate_login_uri: null }) : client),
    ...(isObject(session_transfer) && {
      session_transfer: { ...SESSION_TRANSFER_DEFAULTS, ...session_transfer },
    }),
    ...(isObject(oidc_logout) && {
      oidc_backchannel_logout: { backchannel_logout_urls: oidc_logout.backchannel_logout_urls },
    }),
  };
}

/** Back-channel logout has an old and a new name; to null either or to empty the new one removes both. */
function mirrorLogout(client: Client, change: { readonly [field: string]: unknown }): Client {
  const isEmptied = isObject(change.oidc_logout) && Object.keys(change.oidc_logout).length === 0;
  if (change.oidc_backchannel_logout !== null && change.oidc_logout !== null && !isEmptied) return client;
  const { oidc_logout: _l, oidc_backchannel_logout: _b, ...rest } = client;
  return rest as Client; // two optional fields less
}

function matchesFilters(client: Client, query: Query): boolean {
  const types = query.app_type?.split(",");
  return (
    (types === undefined || types.includes(client.app_type ?? "")) &&
    (query.is_first_party === undefined || String(client.is_first_party) === query.is_first_party)
  );
}

/** Of the global client only the tenant's login page and the like can be changed. */
function refuseForGlobal(change: object): void {
  const fixed = ["app_type", "grant_types", "is_first_party", "client_authentication_methods"];
  const field = fixed.find((name) => name in change);
  if (field)
    throw badRequest(
      `The property ${field} of the global client cannot be changed`,
      "operation_not_supported",
    );
}

function refuseUnknownApi({ store }: TenantContext, identifier: string | undefined): void {
  if (identifier !== undefined && !store.resource_servers.first({ identifier }))
    throw badRequest("The resource server does not exist", "inexistent_resource_server");
}

const MOST_CREDENTIALS_OF_A_METHOD = 2;

/** What a client is attached to must be its own, and no more than two of each kind. */
function refuseUnknownCredentials(
  { store }: TenantContext,
  client: Client,
  change: { readonly client_authentication_methods?: unknown; readonly signed_request_object?: unknown },
): void {
  for (const ids of attachedCredentials(change)) {
    if (ids.length > MOST_CREDENTIALS_OF_A_METHOD)
      throw badRequest(
        `Payload validation error: 'Array is too long (${ids.length}), maximum ${MOST_CREDENTIALS_OF_A_METHOD}' on property credentials.`,
      );
    for (const id of ids)
      if (store.credentials.get(id)?.client_id !== client.client_id)
        throw badRequest(`The credential ${id} does not exist`, "inexistent_credential");
  }
}

/** The ids of the credentials that a client's fields name, per place. */
export function attachedCredentials(fields: {
  readonly client_authentication_methods?: unknown;
  readonly signed_request_object?: unknown;
  readonly token_vault_privileged_access?: unknown;
}): string[][] {
  const methods = fields.client_authentication_methods;
  const places = [
    ...(isObject(methods) ? Object.values(methods) : []),
    fields.signed_request_object,
    fields.token_vault_privileged_access,
  ];
  return places
    .filter(isObject)
    .map(({ credentials }) =>
      (Array.isArray(credentials) ? credentials : [])
        .filter(isObject)
        .flatMap(({ id }) => (typeof id === "string" ? [id] : [])),
    );
}

function removeWithDependents(context: TenantContext, client_id: string): void {
  const { store } = context;
  store.clients.delete(client_id);
  removeClientGrants(context, { client_id });
  for (const dependent of [
    store.credentials,
    store.connection_clients,
    store.organization_clients,
    store.refresh_tokens,
    store.used_assertions,
    store.consents,
  ])
    dependent.deleteWhere({ client_id });
}
