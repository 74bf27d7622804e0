import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { ResourceServer } from "../entities.ts";
import { removeClientGrants } from "./client-grants.ts";
import { badRequest, conflict, notFound } from "./errors.ts";
import { jwkThumbprint } from "./key-material.ts";
import { page } from "./paging.ts";
import { patched, withoutNulls } from "./patch.ts";
import { created, handlers, noContent, ok } from "./request.ts";
import { parseBody, strict } from "./validation.ts";

const changeable = {
  name: z
    .string()
    .max(200)
    .regex(/^[^<>]+$/)
    .optional(),
  scopes: z
    .array(strict({ value: z.string().min(1).max(280), description: z.string().max(500).optional() }))
    .nullish(),
  signing_alg: z.enum(["HS256", "RS256", "RS512", "PS256"]).optional(),
  signing_secret: z.string().min(16).nullish(),
  allow_offline_access: z.boolean().optional(),
  allow_online_access: z.boolean().nullish(),
  allow_online_access_with_ephemeral_sessions: z.boolean().nullish(),
  token_lifetime: z.int().min(0).max(2_592_000).optional(),
  token_lifetime_for_web: z.int().min(0).max(2_592_000).optional(),
  skip_consent_for_verifiable_first_party_clients: z.boolean().optional(),
  enforce_policies: z.boolean().nullish(),
  token_dialect: z
    .enum(["access_token", "access_token_authz", "rfc9068_profile", "rfc9068_profile_authz"])
    .nullish(),
  token_encryption: strict({
    format: z.literal("compact-nested-jwe"),
    encryption_key: strict({
      name: z.string().min(1).max(128).optional(),
      alg: z.enum(["RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"]),
      kid: z.string().min(1).max(128).optional(),
      pem: z.string().min(1).max(4096),
    }),
  }).nullish(),
  consent_policy: z.literal("transactional-authorization-with-mfa").nullish(),
  authorization_details: z.array(z.looseObject({ type: z.string() })).nullish(),
  authorization_policy: strict({ policy_id: z.string().min(1).max(1024) }).nullish(),
  proof_of_possession: strict({
    mechanism: z.enum(["mtls", "dpop"]),
    required: z.boolean(),
    required_for: z.enum(["public_clients", "all_clients"]).optional(),
  }).nullish(),
  subject_type_authorization: strict({
    user: strict({ policy: z.enum(["allow_all", "deny_all", "require_client_grant"]) }).optional(),
    client: strict({ policy: z.enum(["deny_all", "require_client_grant"]) }).optional(),
  }).optional(),
};
const creation = strict({ identifier: z.string().min(1).max(600), ...changeable });
const change = strict(changeable);

/** All that may be changed of an API of Auth0's own; the provider sends nothing else for one. */
const systemChange = strict({
  token_lifetime: changeable.token_lifetime,
  token_lifetime_for_web: changeable.token_lifetime_for_web,
  skip_consent_for_verifiable_first_party_clients: changeable.skip_consent_for_verifiable_first_party_clients,
  subject_type_authorization: changeable.subject_type_authorization,
  authorization_policy: changeable.authorization_policy,
});

const DEFAULTS = {
  allow_offline_access: false,
  skip_consent_for_verifiable_first_party_clients: false,
  subject_type_authorization: { client: { policy: "require_client_grant" }, user: { policy: "allow_all" } },
  token_lifetime: 86400,
  token_lifetime_for_web: 7200,
  signing_alg: "RS256",
};

/** OIDC's scopes and the names of profile attributes mean something else in a token. */
const RESERVED_SCOPES = new Set(["openid", "profile", "email", "address", "phone", "offline_access"]);

export const resourceServers = handlers({
  listResourceServers: ({ query }, context) => {
    const { store } = context;
    return ok(
      page(query, "resource_servers", {
        items: (offset, limit) =>
          store.resource_servers.find({}, { offset, limit }).map((server) => toWire(context, server)),
        total: () => store.resource_servers.count(),
      }),
    );
  },

  createResourceServer: ({ body }, context) => {
    const { store, ids } = context;
    const fields = parseBody(creation, body);
    refuseReservedScopes(fields.scopes);
    if (store.resource_servers.first({ identifier: fields.identifier }))
      throw conflict(`A resource server with the same identifier already exists: ${fields.identifier}`);
    const server = { id: ids.hex24(), ...DEFAULTS, ...prepare(withoutNulls(fields)) };
    return created(toWire(context, store.resource_servers.insert(server)));
  },

  getResourceServer: ({ path }, context) => ok(toWire(context, find(context, path.id))),

  updateResourceServer: ({ path, body }, context) => {
    const fields = parseBody(change, body);
    const server = find(context, path.id);
    if (server.is_system) parseBody(systemChange, body);
    refuseReservedScopes(fields.scopes);
    return ok(toWire(context, context.store.resource_servers.replace(patched(server, prepare(fields)))));
  },

  deleteResourceServer: ({ path }, context) => {
    const server = search(context, path.id);
    if (server?.is_system)
      throw badRequest("System resource servers cannot be deleted", "operation_not_supported");
    if (server) removeWithDependents(context, server);
    return noContent;
  },
});

/** Stored → wire, with the client that stands for the API in token exchanges, if it has one. */
function toWire({ store }: TenantContext, server: ResourceServer) {
  const client = store.clients.first({ resource_server_identifier: server.identifier });
  return client ? { ...server, client_id: client.client_id } : server;
}

/** By id or by identifier, encoded once or twice: the provider's data source encodes what the SDK encodes again. */
function search({ store }: TenantContext, id: string): ResourceServer | undefined {
  return (
    store.resource_servers.get(id) ??
    store.resource_servers.first({ identifier: id }) ??
    store.resource_servers.first({ identifier: decoded(id) })
  );
}

function find(context: TenantContext, id: string): ResourceServer {
  const server = search(context, id);
  if (!server) throw notFound("The resource server does not exist", "inexistent_resource_server");
  return server;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What is stored of what was sent: of an encryption key its thumbprint in place of the PEM, which is write-only. */
function prepare<Fields extends z.infer<typeof change>>(fields: Fields): Fields {
  if (!fields.token_encryption) return fields;
  const { pem, ...key } = fields.token_encryption.encryption_key;
  const encryption_key = { ...key, thumbprint_sha256: jwkThumbprint(pem) };
  return { ...fields, token_encryption: { ...fields.token_encryption, encryption_key } };
}

function refuseReservedScopes(scopes: readonly { readonly value: string }[] | null | undefined): void {
  const reserved = scopes?.find((scope) => RESERVED_SCOPES.has(scope.value));
  if (reserved)
    throw badRequest(`Scope "${reserved.value}" is reserved and cannot be defined by a resource server`);
}

function removeWithDependents(context: TenantContext, { id, identifier }: ResourceServer): void {
  const { store } = context;
  store.resource_servers.delete(id);
  store.role_permissions.deleteWhere({ resource_server_identifier: identifier });
  store.user_permissions.deleteWhere({ resource_server_identifier: identifier });
  removeClientGrants(context, { audience: identifier });
}
