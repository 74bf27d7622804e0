// A tenant with roles and users in it, in whose runtime one flow after the other runs; it watches what policies call, and
// answers in its place where a case says so.
import { setTimeout as after } from "node:timers/promises";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { managementOperations } from "../../src/model/operations.ts";
import { createTenant, type Tenant } from "../../tenant/index.ts";
import { createRuntime, type Runtime } from "../../tenant/runtime/index.ts";
import { roleNames } from "./access.ts";
import { type Answer, type Call, type Case, type LaneName, lanes, late } from "./cases.ts";

export interface World {
  readonly tenant: Tenant;
  readonly runtime: Runtime;
  /** Ids of roles in the tenant, by key. */
  readonly roleIds: Readonly<Record<string, string>>;
  readonly policiesClient: { readonly client_id: string; readonly client_secret: string };
  /** A token of the tenant's own for rules, which store metadata with it. */
  readonly rulesToken: string;
  /** A host at which nobody listens. */
  readonly closed: string;
  /** Where the company's API is for a case. */
  companyUrl(company: Case["company"]): string;
  /** Does the work with these answers of the case, and tells what was called meanwhile. */
  watch<Result>(
    script: Pick<Case, "management" | "company">,
    work: () => Promise<Result>,
  ): Promise<{
    readonly result: Result;
    readonly calls: readonly Call[];
    readonly stored: readonly Stored[];
  }>;
  close(): Promise<void>;
}

/** A change of a user's metadata, as rules make it over HTTP. */
export interface Stored {
  readonly id: string;
  readonly app_metadata?: Readonly<Record<string, unknown>>;
  readonly user_metadata?: Readonly<Record<string, unknown>>;
}

const root = `${import.meta.dirname}/../..`;
const companyPath = "/company/sellers";
/** Nobody listens there. */
const closed = "localhost:2";

/** Ids of the users that there are: of the database, of a social provider, and one that says hard things. */
export const userIds = ["auth0|ada", "google-oauth2|7", "waad|a b/c?d=é"];

/** A world for each lane, so that all run at the same time. */
export async function createWorlds(): Promise<Readonly<Record<LaneName, World>>> {
  const made = await Promise.all(lanes.map(async (lane) => [lane, await createWorld()] as const));
  const worlds = Object.fromEntries(made) as Record<LaneName, World>; // one for each
  // The source runs in this process; the others have processes of their own.
  setDefaultCACertificates([...getCACertificates(), worlds.source.tenant.ca.pem]);
  return worlds;
}

async function createWorld(): Promise<World> {
  const watched = createWatch();
  const tenant = await createTenant({ front: watched.front, network: [closed], root });
  const runtime = createRuntime({
    certificates: () => [tenant.ca.pem],
    network: () => [tenant.domain, closed],
    root,
  });
  const roleIds = await createRoles(tenant);
  const policiesClient = await createPoliciesClient(tenant);
  await createUsers(tenant);
  return {
    tenant,
    runtime,
    roleIds,
    policiesClient,
    closed,
    rulesToken: await tenant.managementToken(["read:users", "update:users"]),
    companyUrl: (company) => `https://${company === "down" ? closed : tenant.domain}${companyPath}`,
    watch: watched.during,
    async close() {
      runtime.close();
      await tenant.close();
    },
  };
}

/** Calls the Management API of a tenant as its owner; throws for what is refused. */
export async function manage<Result>(
  tenant: Tenant,
  method: string,
  path: string,
  body?: unknown,
): Promise<Result> {
  const response = await tenant.fetch(`/api/v2${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await tenant.managementToken()}`,
      "content-type": "application/json",
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return (text === "" ? undefined : JSON.parse(text)) as Result; // the caller knows what it asked for
}

/** Makes the roles of the model, deletes the one that is gone, and gives their ids by key. */
export async function createRoles(tenant: Tenant): Promise<Readonly<Record<string, string>>> {
  const ids: Record<string, string> = {};
  for (const [key, name] of Object.entries(roleNames)) {
    const { id } = await manage<{ id: string }>(tenant, "POST", "/roles", { name });
    ids[key] = id;
  }
  await manage(tenant, "DELETE", `/roles/${ids.gone}`);
  return ids;
}

/** Makes the machine that policies call the Management API as, with the scopes of all they may call. */
export async function createPoliciesClient(tenant: Tenant): Promise<World["policiesClient"]> {
  const client = await manage<World["policiesClient"]>(tenant, "POST", "/clients", {
    name: "Policies",
    app_type: "non_interactive",
    grant_types: ["client_credentials"],
  });
  await manage(tenant, "POST", "/client-grants", {
    client_id: client.client_id,
    audience: `https://${tenant.domain}/api/v2/`,
    scope: ["create:role_members", "delete:role_members"],
  });
  return client;
}

/** The Management API makes users of databases only: the others are put into the tenant's state. */
async function createUsers(tenant: Tenant): Promise<void> {
  const ada = await manage<{ user_id: string }>(tenant, "POST", "/users", {
    connection: "Username-Password-Authentication",
    user_id: "ada",
    email: "ada@example.com",
    password: "Correct-Horse-1",
  });
  const state = tenant.snapshot();
  const [stored] = (state.users ?? []) as (typeof ada)[]; // the only one
  const others = userIds
    .filter((user_id) => user_id !== ada.user_id)
    .map((user_id) => ({ ...stored, user_id }));
  tenant.restore({ ...state, users: [stored, ...others] });
}

function createWatch() {
  let script: Pick<Case, "management" | "company"> | undefined;
  let calls: Call[] = [];
  let stored: Stored[] = [];
  let answered: Record<string, number> = {};
  return {
    front: async (request: Request, tenant: (request: Request) => Promise<Response>) => {
      const { pathname } = new URL(request.url);
      if (!script) return tenant(request);
      if (pathname === companyPath) return responseOf(script.company);
      const text = await request.clone().text();
      const [, id] = request.method === "PATCH" ? (/^\/api\/v2\/users\/([^/]+)$/.exec(pathname) ?? []) : [];
      if (id) stored.push({ id: decodeURIComponent(id), ...JSON.parse(text) });
      const call = callOf(request.method, pathname, text);
      if (!call) return tenant(request);
      calls.push(call);
      const turn = answered[call.operation] ?? 0;
      answered[call.operation] = turn + 1;
      const answer = script.management?.[call.operation]?.[turn];
      return answer ? responseOf(answer) : tenant(request);
    },
    async during<Result>(given: typeof script, work: () => Promise<Result>) {
      [script, calls, stored, answered] = [given, [], [], {}];
      try {
        return { result: await work(), calls, stored };
      } finally {
        script = undefined;
      }
    },
  };
}

function callOf(method: string, pathname: string, body: string): Call | undefined {
  for (const [operation, { method: expected, path }] of Object.entries(managementOperations)) {
    const [, id] = new RegExp(`^/api/v2${path.replace("{id}", "([^/]+)")}$`).exec(pathname) ?? [];
    if (method === expected && id !== undefined)
      return { operation, input: { id: decodeURIComponent(id), ...(body !== "" && JSON.parse(body)) } };
  }
  return undefined;
}

/** JSON with `rol_<key>` in the place of the roles' ids in a tenant. */
export function withKeys(json: string, roleIds: World["roleIds"]): string {
  return Object.entries(roleIds).reduce((text, [key, id]) => text.replaceAll(id, `rol_${key}`), json);
}

async function responseOf(answer: Answer | "down" | undefined): Promise<Response> {
  if (answer === undefined || answer === "down") throw new Error("the case gives no answer");
  const { status, body, headers = {} } = answer;
  if (body === late) await after(3000, undefined, { ref: false });
  const text = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
  return new Response(text, { status, headers });
}
