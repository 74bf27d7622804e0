// What a program does with each group of the Management API's endpoints, by the official SDK.
import { generateKeyPairSync } from "node:crypto";
import { expect } from "vitest";
import { AUDIENCE } from "./estate.ts";
import {
  estate,
  makeClient,
  makeConnection,
  makeGrant,
  makeOrganization,
  makeRole,
  makeUser,
  sdk,
  unique,
} from "./sdk-bench.ts";

const permissions = [{ resource_server_identifier: AUDIENCE, permission_name: "read:orders" }];

/** Calls every operation of a group, by the first part of its paths. */
export const exercises: Readonly<Record<string, () => Promise<void>>> = {
  "resource-servers": async () => {
    const { id = "" } = await sdk.resourceServers.create({ identifier: unique("https://api"), name: "API" });
    await sdk.resourceServers.list();
    await sdk.resourceServers.get(id);
    await sdk.resourceServers.update(id, { scopes: [{ value: "read:all" }] });
    await sdk.resourceServers.delete(id);
  },
  roles: async () => {
    const id = await makeRole();
    await sdk.roles.list();
    await sdk.roles.get(id);
    await sdk.roles.update(id, { description: "Reads orders" });
    await sdk.roles.permissions.add(id, { permissions });
    await sdk.roles.permissions.list(id);
    await sdk.roles.permissions.delete(id, { permissions });
    await sdk.roles.users.assign(id, { users: [await makeUser()] });
    await sdk.roles.users.list(id);
    await sdk.roles.delete(id);
  },
  users: async () => {
    const id = await makeUser();
    await sdk.users.list();
    await sdk.users.get(id);
    await sdk.users.update(id, { user_metadata: { theme: "dark" } });
    await sdk.users.roles.assign(id, { roles: [estate.roleId] });
    await sdk.users.roles.list(id);
    await sdk.users.roles.delete(id, { roles: [estate.roleId] });
    await sdk.users.permissions.create(id, { permissions });
    await sdk.users.permissions.list(id);
    await sdk.users.permissions.delete(id, { permissions });
    await sdk.users.organizations.list(id);
    await sdk.users.delete(id);
  },
  "users-by-email": async () => {
    await sdk.users.listUsersByEmail({ email: "nobody@example.com" });
  },
  clients: async () => {
    const id = await makeClient();
    await sdk.clients.list();
    await sdk.clients.get(id);
    await sdk.clients.update(id, { description: "Another" });
    await sdk.clients.rotateSecret(id);
    await sdk.clients.connections.get(id);
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const key = await sdk.clients.credentials.create(id, {
      credential_type: "public_key",
      pem: String(publicKey.export({ type: "spki", format: "pem" })),
    });
    await sdk.clients.credentials.list(id);
    await sdk.clients.credentials.get(id, key.id ?? "");
    await sdk.clients.credentials.update(id, key.id ?? "", { expires_at: "2040-01-01T00:00:00.000Z" });
    await sdk.clients.credentials.delete(id, key.id ?? "");
    await sdk.clients.delete(id);
  },
  "token-exchange-profiles": async () => {
    const action = await sdk.actions.create({
      name: unique("exchange"),
      supported_triggers: [{ id: "custom-token-exchange", version: "v1" }],
    });
    await sdk.actions.get(action.id ?? "");
    await sdk.actions.deploy(action.id ?? "");
    const { id = "" } = await sdk.tokenExchangeProfiles.create({
      name: unique("profile"),
      subject_token_type: "https://example.com/token",
      action_id: action.id ?? "",
      type: "custom_authentication",
    });
    await sdk.tokenExchangeProfiles.list();
    await sdk.tokenExchangeProfiles.get(id);
    await sdk.tokenExchangeProfiles.update(id, { name: unique("profile") });
    await sdk.tokenExchangeProfiles.delete(id);
  },
  "client-grants": async () => {
    const { id } = await makeGrant();
    await sdk.clientGrants.list();
    await sdk.clientGrants.get(id);
    await sdk.clientGrants.update(id, { scope: ["write:orders"] });
    await sdk.clientGrants.organizations.list(id);
    await sdk.clientGrants.delete(id);
  },
  hooks: async () => {
    const { id = "" } = await sdk.hooks.create({
      name: unique("hook"),
      script: "module.exports = (client, scope, audience, context, cb) => cb(null, {});",
      triggerId: "credentials-exchange",
    });
    await sdk.hooks.list();
    await sdk.hooks.get(id);
    await sdk.hooks.update(id, { enabled: true });
    await sdk.hooks.secrets.create(id, { KEY: "one" });
    await sdk.hooks.secrets.update(id, { KEY: "two" });
    expect(Object.keys(await sdk.hooks.secrets.get(id))).toEqual(["KEY"]);
    await sdk.hooks.secrets.delete(id, ["KEY"]);
    await sdk.hooks.delete(id);
  },
  rules: async () => {
    const script = "function (user, context, callback) { callback(null, user, context); }";
    const { id = "" } = await sdk.rules.create({ name: unique("rule"), script });
    await sdk.rules.list();
    await sdk.rules.get(id);
    await sdk.rules.update(id, { enabled: false });
    await sdk.rules.delete(id);
  },
  "rules-configs": async () => {
    await sdk.rulesConfigs.set("NAMESPACE", { value: "https://claims.example.com" });
    expect(await sdk.rulesConfigs.list()).toEqual([{ key: "NAMESPACE" }]);
    await sdk.rulesConfigs.delete("NAMESPACE");
  },
  actions: async () => {
    const { id = "" } = await sdk.actions.create({
      name: unique("action"),
      supported_triggers: [{ id: "post-login", version: "v3" }],
      code: "exports.onExecutePostLogin = async () => {};",
    });
    await sdk.actions.list();
    await sdk.actions.get(id);
    const version = await sdk.actions.deploy(id);
    await sdk.actions.update(id, { code: "exports.onExecutePostLogin = async (event) => event;" });
    await sdk.actions.versions.list(id);
    await sdk.actions.versions.get(id, version.id ?? "");
    await sdk.actions.versions.deploy(id, version.id ?? "", {});
    await sdk.actions.triggers.list();
    const ref = { type: "action_id", value: id } as const;
    await sdk.actions.triggers.bindings.updateMany("post-login", { bindings: [{ ref, display_name: "A" }] });
    expect((await sdk.actions.triggers.bindings.list("post-login")).data).toHaveLength(1);
    await sdk.actions.modules.list();
    await sdk.actions.delete(id, { force: true });
  },
  connections: async () => {
    const id = await makeConnection();
    const client_id = await makeClient();
    await sdk.connections.list();
    await sdk.connections.get(id);
    await sdk.connections.update(id, { options: { disable_signup: true } });
    await sdk.connections.clients.update(id, [{ client_id, status: true }]);
    expect((await sdk.connections.clients.get(id)).data).toEqual([{ client_id }]);
    await sdk.connections.delete(id);
  },
  "connections-directory-provisionings": async () => {
    await sdk.connections.directoryProvisioning.list();
  },
  tenants: async () => {
    await sdk.tenants.settings.update({ friendly_name: "The tenant" });
    expect(await sdk.tenants.settings.get()).toMatchObject({ friendly_name: "The tenant" });
  },
  "connection-profiles": async () => {
    const { id = "" } = await sdk.connectionProfiles.create({ name: unique("profile") });
    await sdk.connectionProfiles.list();
    await sdk.connectionProfiles.get(id);
    await sdk.connectionProfiles.update(id, { name: unique("profile") });
    await sdk.connectionProfiles.delete(id);
  },
  "user-attribute-profiles": async () => {
    const email = { label: "E-mail", description: "", profile_required: true, auth0_mapping: "email" };
    const { id = "" } = await sdk.userAttributeProfiles.create({
      name: unique("profile"),
      user_attributes: { email },
    });
    await sdk.userAttributeProfiles.list();
    await sdk.userAttributeProfiles.get(id);
    await sdk.userAttributeProfiles.update(id, { name: unique("profile") });
    await sdk.userAttributeProfiles.delete(id);
  },
  prompts: async () => {
    await sdk.prompts.updateSettings({ identifier_first: true });
    expect(await sdk.prompts.getSettings()).toMatchObject({ identifier_first: true });
    await sdk.prompts.customText.set("login", "en", { login: { title: "Welcome" } });
    expect(await sdk.prompts.customText.get("login", "en")).toEqual({ login: { title: "Welcome" } });
    await sdk.prompts.partials.set("login", { login: { "form-content-start": "<b>Hello</b>" } });
    await sdk.prompts.partials.get("login");
    await sdk.prompts.rendering.list();
    await sdk.prompts.rendering.update("login", "login", { rendering_mode: "standard" });
    await sdk.prompts.rendering.get("login", "login");
    await sdk.prompts.rendering.bulkUpdate({
      configs: [{ prompt: "login", screen: "login", rendering_mode: "standard" }],
    });
  },
  stats: async () => {
    expect(await sdk.stats.getActiveUsersCount()).toBeTypeOf("number");
    expect(await sdk.stats.getDaily()).toBeInstanceOf(Array);
  },
  keys: async () => {
    const [{ kid = "" } = {}] = await sdk.keys.signing.list();
    await sdk.keys.signing.rotate();
    await sdk.keys.signing.get(kid);
    await sdk.keys.signing.revoke(kid);
  },
  logs: async () => {
    await estate.signUp(`${unique("u")}@example.com`);
    const { data } = await sdk.logs.list();
    await sdk.logs.get(data[0]?.log_id ?? "");
  },
  organizations: async () => {
    const id = await makeOrganization();
    await sdk.organizations.list();
    const { name = "" } = await sdk.organizations.get(id);
    await sdk.organizations.getByName(name);
    await sdk.organizations.update(id, { display_name: "The organization" });
    await exerciseMembers(id);
    await exerciseConnections(id);
    await exerciseClients(id);
    await exerciseDiscoveryDomains(id);
    await sdk.organizations.delete(id);
  },
};

async function exerciseMembers(id: string): Promise<void> {
  const user = await makeUser();
  await sdk.organizations.members.create(id, { members: [user] });
  await sdk.organizations.members.list(id);
  await sdk.organizations.members.roles.assign(id, user, { roles: [estate.roleId] });
  await sdk.organizations.members.roles.list(id, user);
  await sdk.organizations.roles.members.list(id, estate.roleId);
  await sdk.organizations.roles.groups.list(id, estate.roleId);
  await sdk.organizations.members.roles.delete(id, user, { roles: [estate.roleId] });
  await sdk.organizations.members.delete(id, { members: [user] });
}

async function exerciseConnections(id: string): Promise<void> {
  const connection_id = await makeConnection();
  for (const list of ["connections", "enabledConnections"] as const) {
    const connections = sdk.organizations[list];
    if ("create" in connections) await connections.create(id, { connection_id });
    else await connections.add(id, { connection_id });
    await connections.list(id);
    await connections.get(id, connection_id);
    await connections.update(id, connection_id, { show_as_button: true });
    await connections.delete(id, connection_id);
  }
}

async function exerciseClients(id: string): Promise<void> {
  const grant = await makeGrant({ organization_usage: "allow", allow_any_organization: false });
  await sdk.organizations.clientGrants.create(id, { grant_id: grant.id });
  await sdk.organizations.clientGrants.list(id);
  await sdk.organizations.clientGrants.delete(id, grant.id);
  const { client_id } = grant;
  await sdk.organizations.clients.create(id, { clients: [{ client_id, use_for_member_access: true }] });
  await sdk.organizations.clients.list(id);
  await sdk.organizations.clients.get(id, client_id);
  await sdk.organizations.clients.update(id, client_id, { use_for_member_access: false });
  await sdk.organizations.clients.delete(id, { clients: [client_id] });
}

async function exerciseDiscoveryDomains(id: string): Promise<void> {
  const { discoveryDomains } = sdk.organizations;
  const { id: domain = "" } = await discoveryDomains.create(id, { domain: "example.com" });
  await discoveryDomains.list(id);
  await discoveryDomains.get(id, domain);
  await discoveryDomains.getByName(id, "example.com");
  await discoveryDomains.update(id, domain, { status: "verified" });
  await discoveryDomains.delete(id, domain);
}
