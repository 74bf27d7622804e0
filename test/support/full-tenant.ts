import { generateKeyPairSync } from "node:crypto";
import type { Tenant } from "../../tenant/index.ts";
import { AUDIENCE, createEstate } from "./estate.ts";

/** A listening tenant with one of each thing that the Management API declares, besides what an estate has. */
export async function createFullTenant(): Promise<Tenant> {
  const estate = await createEstate({ listen: true });
  const { manage, shop } = estate;
  await estate.bindAction("post-login", "exports.onExecutePostLogin = async () => {};");
  await manage("POST", "/hooks", {
    name: "default-role",
    triggerId: "post-user-registration",
    script: "module.exports = (user, context, cb) => cb();",
    enabled: true,
  });
  const script = "function (user, context, callback) { callback(null, user, context); }";
  for (const [order, name] of ["roles", "enrich"].entries())
    await manage("POST", "/rules", { name, script, order: order + 1 });
  await manage("PUT", "/rules-configs/NAMESPACE", { value: "https://claims.example.com" });
  const { id: connection_id } = await manage<{ id: string }>("POST", "/connections", {
    name: "employees",
    strategy: "auth0",
    enabled_clients: [shop.client_id],
  });
  const organization = await manage<{ id: string }>("POST", "/organizations", {
    name: "acme",
    display_name: "Acme",
  });
  await manage("POST", `/organizations/${organization.id}/connections`, { connection_id });
  const signer = await manage<{ client_id: string }>("POST", "/clients", {
    name: "Signer",
    app_type: "non_interactive",
  });
  const key = { credential_type: "public_key", name: "spring", pem: publicKey() };
  const { id } = await manage<{ id: string }>("POST", `/clients/${signer.client_id}/credentials`, key);
  await manage("PATCH", `/clients/${signer.client_id}`, {
    token_endpoint_auth_method: null,
    client_authentication_methods: { private_key_jwt: { credentials: [{ id }] } },
  });
  await manage("POST", "/client-grants", {
    client_id: signer.client_id,
    audience: AUDIENCE,
    scope: ["write:orders"],
  });
  await manage("PATCH", "/tenants/settings", { friendly_name: "The tenant" });
  return estate.tenant;
}

const publicKey = () => {
  const { publicKey: key } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return key.export({ type: "spki", format: "pem" });
};
