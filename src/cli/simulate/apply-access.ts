// Puts the access of a plan into a tenant in memory by calls of the Management API, in a fraction of the time that an engine
// takes. For nothing else: it keeps no state, so it cannot tell a renamed thing from a new one, and removes nothing.
import { z } from "zod";
import type { Tenant } from "../../../tenant/index.ts";
import type { LogicalName } from "../../model/names.ts";
import type { ApiPlan, ClientPlan, Plan, RolePlan } from "../../model/plan.ts";
import { type Manage, type Stored, storedIn } from "./management.ts";

/** What a plan's roles and clients became, by their names in it. */
export interface Applied {
  readonly roles: ReadonlyMap<LogicalName, string>;
  readonly clients: ReadonlyMap<LogicalName, AppliedClient>;
}

export interface AppliedClient {
  readonly id: string;
  readonly secret: string;
}

const createdApi = z.object({ id: z.string() });
const createdClient = z.object({ client_id: z.string(), client_secret: z.string().default("") });

/** Puts everything but the flows into the tenant: what is there by its identifier or name is changed, the rest is made. */
export async function applyAccess(plan: Plan, tenant: Tenant, manage: Manage): Promise<Applied> {
  for (const api of plan.apis)
    await applyApi(
      api,
      storedIn(tenant, "resource_servers").find(({ identifier }) => identifier === api.identifier),
      manage,
    );
  const roles = new Map<LogicalName, string>();
  for (const role of plan.roles)
    roles.set(role.name, await applyRole(role, named(storedIn(tenant, "roles"), role.displayName), manage));
  const clients = new Map<LogicalName, AppliedClient>();
  for (const client of plan.clients)
    clients.set(
      client.name,
      await applyClient(client, named(storedIn(tenant, "clients"), client.displayName), manage),
    );
  return { roles, clients };
}

const named = (all: readonly Stored[], name: string) => all.find((each) => each.name === name);

async function applyApi(api: ApiPlan, stored: Stored | undefined, manage: Manage): Promise<void> {
  const body = {
    name: api.displayName,
    token_lifetime: api.tokenLifetime,
    allow_offline_access: api.offlineAccess,
    enforce_policies: api.enforceRbac,
    token_dialect: api.enforceRbac ? "access_token_authz" : "access_token",
    signing_alg: "RS256",
    subject_type_authorization: {
      user: { policy: api.requireUserGrants ? "require_client_grant" : "allow_all" },
      client: { policy: "require_client_grant" },
    },
    skip_consent_for_verifiable_first_party_clients: true,
    scopes: api.scopes.map(({ name, description }) => ({ value: name, description })),
  };
  if (stored) await manage("PATCH", `/resource-servers/${stored.id}`, body);
  else await manage("POST", "/resource-servers", { identifier: api.identifier, ...body });
}

async function applyRole(role: RolePlan, stored: Stored | undefined, manage: Manage): Promise<string> {
  const fields = { name: role.displayName, description: role.description };
  const { id } = createdApi.parse(
    stored ? await manage("PATCH", `/roles/${stored.id}`, fields) : await manage("POST", "/roles", fields),
  );
  const path = `/roles/${id}/permissions`;
  if (stored) {
    const held = z
      .array(z.object({ resource_server_identifier: z.string(), permission_name: z.string() }))
      .parse(await manage("GET", `${path}?per_page=100`));
    if (held.length > 0) await manage("DELETE", path, { permissions: held });
  }
  const permissions = role.permissions.map(({ identifier, scope }) => ({
    resource_server_identifier: identifier,
    permission_name: scope,
  }));
  if (permissions.length > 0) await manage("POST", path, { permissions });
  return id;
}

async function applyClient(
  client: ClientPlan,
  stored: Stored | undefined,
  manage: Manage,
): Promise<AppliedClient> {
  const body = {
    name: client.displayName,
    description: client.description,
    app_type: client.appType,
    grant_types: client.grantTypes,
    callbacks: client.callbacks,
    allowed_logout_urls: client.logoutUrls,
    oidc_conformant: true,
    jwt_configuration: { alg: "RS256" },
    ...((stored || Object.keys(client.metadata).length > 0) && { client_metadata: client.metadata }),
    // A client that signs has its private key elsewhere: here it shows a secret.
    token_endpoint_auth_method: client.authenticationMethod === "none" ? "none" : "client_secret_post",
  };
  const { client_id: id, client_secret: secret } = createdClient.parse(
    stored
      ? await manage("PATCH", `/clients/${stored.client_id}`, body)
      : await manage("POST", "/clients", body),
  );
  const grants = z
    .array(z.object({ id: z.string() }))
    .parse(await manage("GET", `/client-grants?client_id=${id}`));
  for (const grant of grants) await manage("DELETE", `/client-grants/${grant.id}`);
  for (const { audience, subject, scopes } of client.grants)
    await manage("POST", "/client-grants", { client_id: id, audience, subject_type: subject, scope: scopes });
  for (const { connection } of client.connections) {
    const [found] = z
      .array(z.object({ id: z.string() }))
      .parse(await manage("GET", `/connections?name=${encodeURIComponent(connection)}`));
    // Nobody can log in by an enterprise connection here: a social one of its name stands in for it.
    const made =
      found ?? (await manage("POST", "/connections", { name: connection, strategy: "google-oauth2" }));
    await manage("PATCH", `/connections/${createdApi.parse(made).id}/clients`, [
      { client_id: id, status: true },
    ]);
  }
  return { id, secret };
}
