import { createHash } from "node:crypto";
import { decodeJwt, type JWTPayload } from "jose";
import { createTenant, type Tenant, type TenantOptions } from "../../tenant/index.ts";
import { type Browser, createBrowser, type Visit } from "./browser.ts";

/** A tenant with an API, a role that may read it, a shop (spa) and a worker (machine), made over the Management API. */
export interface Estate {
  readonly tenant: Tenant;
  /** Calls the Management API as the deployer; throws for what is refused. */
  manage<Result>(method: string, path: string, body?: unknown): Promise<Result>;
  /** Posts to the Authentication API: a form to the token endpoint, JSON elsewhere. */
  post(path: string, body: Readonly<Record<string, unknown>>): Promise<Answer>;
  readonly shop: { readonly client_id: string };
  readonly worker: { readonly client_id: string; readonly client_secret: string };
  readonly roleId: string;
  /** Makes, deploys and binds an action as the only one of its trigger. */
  bindAction(trigger: string, code: string): Promise<void>;
  signUp(email: string): Promise<Answer>;
  /** A login by password, with the scopes of `scope`. */
  logIn(email: string, scope?: string): Promise<Answer>;
  /** A visit of /authorize; `parameters` go on top of the shop's usual ones. */
  authorize(browser: Browser, parameters?: Readonly<Record<string, string>>): Promise<Visit>;
  /** The tokens for a code. */
  redeem(code: string): Promise<Answer>;
  browser(): Browser;
}

/** An answer of the Authentication API; a test knows which of the fields it has. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly _id: string;
    readonly access_token: string;
    readonly id_token: string;
    readonly refresh_token: string;
  };
}

export const AUDIENCE = "https://orders.example.com";
export const DATABASE = "Username-Password-Authentication";
export const CALLBACK = "https://shop.example.com/callback";
export const PASSWORD = "Correct-Horse-1";
export const VERIFIER = "v".repeat(43);
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");

/** A new estate; `listen: false` unless told, so policies in it cannot call the tenant. */
export async function createEstate(options: TenantOptions = {}): Promise<Estate> {
  const tenant = await createTenant({ listen: false, ...options });
  const manage: Estate["manage"] = async <Result>(method: string, path: string, body?: unknown) => {
    // A new one each time, since tests move the clock and revoke keys.
    const token = await tenant.managementToken();
    const response = await tenant.fetch(`/api/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as Result; // the test says what it expects
  };
  const post: Estate["post"] = async (path, body) => {
    const isForm = path === "/oauth/token";
    const response = await tenant.fetch(path, {
      method: "POST",
      headers: { "content-type": isForm ? "application/x-www-form-urlencoded" : "application/json" },
      body: isForm ? new URLSearchParams(body as Record<string, string>) : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Answer["body"] };
  };

  await manage("POST", "/resource-servers", {
    identifier: AUDIENCE,
    name: "Orders",
    scopes: [{ value: "read:orders" }, { value: "write:orders" }],
    enforce_policies: true,
    token_dialect: "access_token_authz",
    allow_offline_access: true,
    signing_alg: "RS256",
  });
  const role = await manage<{ id: string }>("POST", "/roles", { name: "customer" });
  await manage("POST", `/roles/${role.id}/permissions`, {
    permissions: [{ resource_server_identifier: AUDIENCE, permission_name: "read:orders" }],
  });
  const shop = await manage<Estate["shop"]>("POST", "/clients", {
    name: "Shop",
    app_type: "spa",
    token_endpoint_auth_method: "none",
    callbacks: [CALLBACK],
    allowed_logout_urls: ["https://shop.example.com/"],
    grant_types: ["authorization_code", "refresh_token", "http://auth0.com/oauth/grant-type/password-realm"],
    jwt_configuration: { alg: "RS256" },
    client_metadata: { plan: "gold" },
  });
  const worker = await manage<Estate["worker"]>("POST", "/clients", {
    name: "Worker",
    app_type: "non_interactive",
    grant_types: ["client_credentials"],
  });
  await manage("POST", "/client-grants", {
    client_id: worker.client_id,
    audience: AUDIENCE,
    scope: ["read:orders"],
  });
  for (const connection of await manage<{ id: string }[]>("GET", "/connections"))
    await manage("PATCH", `/connections/${connection.id}/clients`, [
      { client_id: shop.client_id, status: true },
    ]);

  return {
    tenant,
    manage,
    post,
    shop,
    worker,
    roleId: role.id,
    async bindAction(trigger, code) {
      const { triggers } = await manage<{ triggers: { id: string; version: string; status: string }[] }>(
        "GET",
        "/actions/triggers",
      );
      const version = triggers.find(({ id, status }) => id === trigger && status === "CURRENT")?.version;
      const action = await manage<{ id: string }>("POST", "/actions/actions", {
        name: trigger,
        code,
        supported_triggers: [{ id: trigger, version }],
        secrets: [{ name: "KEY", value: "secret value" }],
      });
      await manage("GET", `/actions/actions/${action.id}`);
      await manage("POST", `/actions/actions/${action.id}/deploy`);
      await manage("PATCH", `/actions/triggers/${trigger}/bindings`, {
        bindings: [{ ref: { type: "action_id", value: action.id }, display_name: trigger }],
      });
    },
    signUp: (email) =>
      post("/dbconnections/signup", {
        client_id: shop.client_id,
        connection: DATABASE,
        email,
        password: PASSWORD,
      }),
    logIn: (email, scope = "openid") =>
      post("/oauth/token", {
        grant_type: "http://auth0.com/oauth/grant-type/password-realm",
        realm: DATABASE,
        client_id: shop.client_id,
        username: email,
        password: PASSWORD,
        audience: AUDIENCE,
        scope,
      }),
    browser: () => createBrowser({ url: tenant.url, fetch: (url, init) => tenant.fetch(url, init) }),
    authorize: (browser, parameters = {}) =>
      browser.open(
        `${tenant.url}/authorize?${new URLSearchParams({
          client_id: shop.client_id,
          response_type: "code",
          redirect_uri: CALLBACK,
          audience: AUDIENCE,
          scope: "openid profile email read:orders",
          state: "the-state",
          code_challenge: CHALLENGE,
          code_challenge_method: "S256",
          ...parameters,
        })}`,
      ),
    redeem: (code) =>
      post("/oauth/token", {
        grant_type: "authorization_code",
        client_id: shop.client_id,
        redirect_uri: CALLBACK,
        code,
        code_verifier: VERIFIER,
      }),
  };
}

/** The claims of a token, without looking at its signature. */
export const claimsOf = (token: string): JWTPayload => decodeJwt(token);
