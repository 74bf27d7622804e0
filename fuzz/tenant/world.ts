// A tenant with one of everything that requests can be about.
import { SignJWT } from "jose";
import { createTenant, type StoreDump, type Tenant } from "../../tenant/index.ts";
import type { Vocabulary } from "./values.ts";

/** A tenant to be asked, and what is known of it. */
export interface World {
  readonly tenant: Tenant;
  /** Its state before anything was asked. */
  readonly start: StoreDump;
  readonly vocabulary: Vocabulary;
  /** The token of the Management API that is good for everything, then tokens that are good for nothing there. */
  readonly token: string;
  readonly badTokens: readonly string[];
}

const TOKEN = "fuzz";

/** Makes the world; it is the same for the same seed but for its keys. */
export async function createWorld(): Promise<World> {
  const tenant = await createTenant({
    listen: false,
    seed: "fuzz",
    managementToken: TOKEN,
    controlToken: TOKEN,
  });
  const ask = async (method: string, path: string, body?: unknown): Promise<Made> => {
    const response = await tenant.fetch(path.startsWith("/") ? path : `/api/v2/${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === "" ? {} : (JSON.parse(text) as Made); // see Made
  };
  const post = (path: string, body: unknown) => ask("POST", path, body);

  const audience = "https://orders.example.com";
  await post("resource-servers", {
    identifier: audience,
    name: "Orders",
    scopes: [{ value: "read:orders" }, { value: "write:orders" }],
    enforce_policies: true,
    token_dialect: "access_token_authz",
    allow_offline_access: true,
  });
  const role = await post("roles", { name: "customer" });
  const permissions = [{ resource_server_identifier: audience, permission_name: "read:orders" }];
  await post(`roles/${role.id}/permissions`, { permissions });
  const shop = await post("clients", {
    name: "Shop",
    app_type: "spa",
    token_endpoint_auth_method: "none",
    callbacks: ["https://shop.example.com/callback"],
    grant_types: [
      "authorization_code",
      "implicit",
      "refresh_token",
      "http://auth0.com/oauth/grant-type/password-realm",
    ],
  });
  const worker = await post("clients", { name: "Worker", app_type: "non_interactive" });
  const { publicKey } = await crypto.subtle.generateKey(
    {
      name: "RSASSA-PKCS1-v1_5",
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
      hash: "SHA-256",
    },
    true,
    ["sign", "verify"],
  );
  const spki = Buffer.from(await crypto.subtle.exportKey("spki", publicKey)).toString("base64");
  const pem = `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----\n`;
  await post(`clients/${worker.client_id}/credentials`, { credential_type: "public_key", name: "key", pem });
  const grant = await post("client-grants", {
    client_id: worker.client_id,
    audience,
    scope: ["read:orders"],
  });
  const [database] = (await ask("GET", "connections")) as unknown as Made[]; // the list of what is there from the start
  if (!database) throw new Error("a new tenant has a database");
  await ask("PATCH", `connections/${database.id}/clients`, [{ client_id: shop.client_id, status: true }]);
  await post("connections", {
    name: "acme-saml",
    strategy: "samlp",
    options: { signInEndpoint: "https://a.example.com" },
  });

  const { _id } = await post("/dbconnections/signup", {
    client_id: shop.client_id,
    connection: "Username-Password-Authentication",
    email: "ada@example.com",
    password: "Correct-Horse-1",
  });
  const user = `auth0|${_id}`;
  await post(`users/${encodeURIComponent(user)}/roles`, { roles: [role.id] });
  await post(`users/${encodeURIComponent(user)}/permissions`, { permissions });

  await post("hooks", {
    name: "hook",
    script: "module.exports = () => {};",
    triggerId: "post-user-registration",
  });
  await post("rules", {
    name: "rule",
    script: "function rule(u, c, done) { done(null, u, c); }",
    enabled: false,
  });
  await ask("PUT", "rules-configs/KEY", { value: "value" });
  const action = await post("actions/actions", {
    name: "action",
    code: "exports.onExecutePostLogin = async () => {};",
    supported_triggers: [{ id: "post-login", version: "v3" }],
  });
  await ask("GET", `actions/actions/${action.id}`);
  await post(`actions/actions/${action.id}/deploy`, {});
  const organization = await post("organizations", {
    name: "acme",
    enabled_connections: [{ connection_id: database.id }],
  });
  await post(`organizations/${organization.id}/members`, { members: [user] });
  await post(`organizations/${organization.id}/members/${encodeURIComponent(user)}/roles`, {
    roles: [role.id],
  });
  await post(`organizations/${organization.id}/discovery-domains`, {
    domain: "acme.example.com",
    status: "pending",
  });
  await ask("PATCH", `client-grants/${grant.id}`, {
    organization_usage: "allow",
    allow_any_organization: false,
  });
  await post(`organizations/${organization.id}/client-grants`, { grant_id: grant.id });
  await post("user-attribute-profiles", {
    name: "profile",
    user_attributes: {
      email: { description: "e", label: "E", profile_required: false, auth0_mapping: "email" },
    },
  });
  await post("connection-profiles", { name: "profile" });

  const tokens = await badTokens(tenant); // which also makes the next signing key, once for all rounds
  const start = tenant.snapshot();
  return { tenant, start, vocabulary: vocabularyOf(start), token: TOKEN, badTokens: tokens };
}

/** What a POST answers, as far as it is needed. */
interface Made {
  readonly id?: string;
  readonly _id?: string;
  readonly client_id?: string;
}

/** Every short text of the state by the name of its field, and the keys of things by the name of their collection. */
function vocabularyOf(dump: StoreDump): Vocabulary {
  const found = new Map<string, Set<string>>();
  const note = (name: string, value: unknown) => {
    if (typeof value !== "string" || value.length > 200) return;
    found.set(name, (found.get(name) ?? new Set()).add(value));
  };
  const walk = (name: string, value: unknown): void => {
    note(name, value);
    if (Array.isArray(value)) for (const each of value.slice(0, 20)) walk(name, each);
    else if (typeof value === "object" && value !== null)
      for (const [key, each] of Object.entries(value)) walk(key, each);
  };
  for (const [collection, entities] of Object.entries(dump))
    for (const entity of entities) {
      walk(collection, entity);
      const { id, user_id, client_id, kid, key } = entity as Record<string, unknown>; // what keys are called
      note(collection, id ?? user_id ?? kid ?? client_id ?? key);
    }
  found.set("members", found.get("users") ?? new Set());
  return new Map([...found].map(([name, values]) => [name, [...values]]));
}

/** Tokens of the right form that no API may take. */
async function badTokens(tenant: Tenant): Promise<string[]> {
  const { keys } = (await (await tenant.fetch("/.well-known/jwks.json")).json()) as {
    keys: { kid: string }[];
  };
  const [key] = keys;
  if (!key) throw new Error("a tenant has a key");
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = tenant.clock.seconds();
  const claims = {
    iss: `${tenant.url}/`,
    aud: `${tenant.url}/api/v2/`,
    iat: now,
    exp: now + 86_400,
    scope: "read:roles create:roles",
  };
  const good = await tenant.managementToken();
  const [head = "", body = "", signature = ""] = good.split(".");
  const byHmac = await new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256", kid: key.kid })
    .sign(Buffer.from(JSON.stringify(key)));
  return [
    "",
    "nonsense",
    "a.b.c",
    "..",
    `${good}x`,
    `${good}.${signature}`,
    `${head}.${body}.`,
    `${encode({ alg: "none" })}.${body}.`,
    `${encode({ alg: "none", kid: key.kid })}.${encode(claims)}.`,
    `${encode({ alg: "RS256", kid: "__proto__" })}.${body}.${signature}`,
    `${encode({ alg: "RS256", kid: key.kid, crit: ["x"], x: 1 })}.${body}.${signature}`,
    `${encode({ alg: "RS256", jwk: key })}.${body}.${signature}`,
    `${head}.${encode({ ...claims, aud: "https://elsewhere.example.com" })}.${signature}`,
    `${head}.${encode({ ...claims, iss: "https://elsewhere.example.com/" })}.${signature}`,
    `${head}.${encode({ ...claims, exp: now - 1 })}.${signature}`,
    byHmac,
  ];
}
