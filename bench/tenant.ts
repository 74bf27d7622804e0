// How fast the local tenant answers on one core, with its state on the disk, and what many users cost it.

import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import { makeCheckout } from "./checkout.ts";
import { median } from "./measure.ts";
import { pinLoad, type Server, startServer } from "./tenant-process.ts";

/** What a kind of request reached. */
export interface Throughput {
  readonly name: string;
  /** Answers a second; undefined where nothing is promised. */
  readonly target: number | undefined;
  readonly perSecond: number;
  /** Microseconds of the server's processor time for each answer. */
  readonly processor: number;
}

/** How long one request takes among many users, in milliseconds. */
export interface Lookup {
  readonly query: string;
  readonly milliseconds: number;
}

/** What was measured in one run of the benchmark. */
export interface TenantBenchmark {
  /** Milliseconds to the first answer. */
  readonly start: { readonly empty: number; readonly warm: number };
  readonly bare: Throughput;
  readonly requests: readonly Throughput[];
  readonly users: number;
  /** MiB with all users stored and searched. */
  readonly mebibytes: number;
  readonly lookups: readonly Lookup[];
}

const root = join(import.meta.dirname, "..");
const token = "bench-management-token";
const database = "Username-Password-Authentication";
const password = "correct horse Battery 9";
const port = "8453";
const SECONDS = 3;
/** Requests before each measurement: processes of policies start with the first ones. */
const WARM_UP = 50;

/** Measures everything; `runs` starts, and a tenant with so many users. */
export async function benchmarkTenant(runs: number, users: number): Promise<TenantBenchmark> {
  pinLoad();
  const nowhere = mkdtempSync(join(tmpdir(), "rolebook-bench-"));
  try {
    const bare = await startServer([join(import.meta.dirname, "bare-server.ts")], nowhere);
    const ceiling = await load(bare, { name: "bare `node:https`", target: undefined }, { path: "/" });
    await bare.stop();
    const start = await benchmarkStart(nowhere, runs);
    const requests = await benchmarkRequests(nowhere);
    const logins = await benchmarkLogins();
    const many = await benchmarkUsers(nowhere, users);
    return { start, bare: ceiling, requests: [...requests, ...logins], users, ...many };
  } finally {
    rmSync(nowhere, { recursive: true });
  }
}

const startTenant = (state: string, cwd = root) =>
  startServer(
    [
      join(cwd, "src/cli/rolebook.js"),
      "tenant",
      "--port",
      port,
      "--state",
      state,
      "--management-token",
      token,
    ],
    cwd,
  );

async function benchmarkStart(directory: string, runs: number): Promise<TenantBenchmark["start"]> {
  const empty: number[] = [];
  const warm: number[] = [];
  for (let run = 0; run <= runs; run += 1)
    for (const times of [empty, warm]) {
      const server = await startTenant(join(directory, `start-${run}`));
      if (run > 0) times.push(server.startedIn); // the first fills caches
      await server.stop();
    }
  return { empty: median(empty.toSorted(ascending)), warm: median(warm.toSorted(ascending)) };
}

async function benchmarkRequests(directory: string): Promise<readonly Throughput[]> {
  const server = await startTenant(join(directory, "requests"));
  const identifier = "https://api.example.test/";
  const scopes = Array.from({ length: 200 }, (_, index) => ({ value: `read:things-${index}` }));
  await manage(server, "POST", "/resource-servers", { identifier, scopes });
  const { id } = await manage(server, "POST", "/roles", { name: "Reader" });
  const email = "ada@example.test";
  const { user_id } = await manage(server, "POST", "/users", { connection: database, email, password });
  const role = `/api/v2/roles/${id}`;
  const user = `/api/v2/users/${encodeURIComponent(String(user_id))}`;
  let next = 0;
  const reads = { target: 3000 };
  const writes = { target: 1000 };
  const permission = () => ({
    permissions: [
      { resource_server_identifier: identifier, permission_name: `read:things-${next++ % scopes.length}` },
    ],
  });
  const measured = [
    await load(server, { name: "`GET /roles/:id`", ...reads }, { path: role }),
    await load(server, { name: "`GET /users/:id`", ...reads }, { path: user }),
    await load(
      server,
      { name: "`POST /roles`", ...writes },
      post("/api/v2/roles", () => ({ name: `Role ${next++}` })),
    ),
    await load(
      server,
      { name: "`POST /roles/:id/permissions`", ...writes },
      post(`${role}/permissions`, permission),
    ),
    await load(
      server,
      { name: "`PATCH /users/:id`", ...writes },
      { ...post(user, () => ({ app_metadata: { visits: next++ } })), method: "PATCH" },
    ),
    await load(
      server,
      { name: "`POST /users` with a password", target: undefined },
      post("/api/v2/users", () => ({ connection: database, email: `u${next++}@example.test`, password })),
    ),
  ];
  await server.stop();
  return measured;
}

/** Logins of a person with the shipped policies, as the engine has put them into the tenant, in both lanes. */
async function benchmarkLogins(): Promise<readonly Throughput[]> {
  const shipped = globSync("rbac/**/*", { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = new Map(
    shipped.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(root.length + 1), readFileSync(path, "utf8")];
    }),
  );
  const measured: Throughput[] = [];
  for (const lane of ["rules-and-hooks", "actions"]) {
    const checkout = makeCheckout(files);
    try {
      measured.push(await benchmarkLogin(checkout, lane));
    } finally {
      rmSync(checkout, { recursive: true });
    }
  }
  return measured;
}

async function benchmarkLogin(checkout: string, lane: string): Promise<Throughput> {
  const stack = join(checkout, "Pulumi.dev.yaml");
  const settings = readFileSync(stack, "utf8").replace("localhost:8443", `localhost:${port}`);
  writeFileSync(stack, settings.replace(/extensibility: \S+/, `extensibility: ${lane}`));
  const server = await startTenant(join(checkout, ".rolebook/tenant"), checkout);
  try {
    const up = ["src/cli/rolebook.js", "pulumi", "up", "--yes", "--skip-preview"];
    const applied = spawnSync(process.execPath, up, { cwd: checkout, encoding: "utf8" });
    if (applied.status !== 0) throw new Error(`${applied.stdout}${applied.stderr}`);
    const grant = "http://auth0.com/oauth/grant-type/password-realm";
    const application = { name: "Bench", token_endpoint_auth_method: "none", grant_types: [grant] };
    const { client_id } = await manage(server, "POST", "/clients", application);
    const connections = await manage(server, "GET", `/connections?name=${database}`);
    const [connection] = connections as unknown as readonly { id: string }[]; // a list of one
    await manage(server, "PATCH", `/connections/${connection?.id}/clients`, [{ client_id, status: true }]);
    const username = "grace@example.test";
    await manage(server, "POST", "/users", { connection: database, email: username, password });
    const body = {
      grant_type: grant,
      client_id,
      realm: database,
      username,
      password,
      scope: "openid profile",
    };
    const kind = { name: `login, policies as ${lane}`, target: 50 };
    return await load(
      server,
      kind,
      post("/oauth/token", () => body),
    );
  } finally {
    await server.stop();
  }
}

async function benchmarkUsers(
  directory: string,
  count: number,
): Promise<Pick<TenantBenchmark, "mebibytes" | "lookups">> {
  const server = await startTenant(join(directory, "users"));
  const names = ["ada", "grace", "linus", "alan", "edsger", "barbara", "donald", "ken", "dennis", "margaret"];
  let next = 0;
  const user = () => {
    const index = next++;
    const name = names[index % names.length];
    return {
      connection: "google-oauth2",
      user_id: String(index),
      email: `${name}.${index}@example${index % 50}.test`,
      name: `${name} ${index}`,
      app_metadata: { number: index, plan: index % 100 === 0 ? "pro" : "free" },
    };
  };
  const { non2xx } = await autocannon({
    ...optionsOf(server, post("/api/v2/users", user)),
    amount: count,
  });
  if (non2xx > 0) throw new Error(`${non2xx} users were refused`);
  const lookups: Lookup[] = [];
  const anybody = "/users/google-oauth2|500";
  for (const query of [
    ...["/users?page=19", "/users?include_totals=true", "/users?sort=created_at:-1", "/users?sort=email:1"],
    ...["/users-by-email?email=ada.500@example0.test", "/users?q=email:ada.500@example0.test"],
    "/users?q=app_metadata.number:777",
    ...[
      "name:grace*",
      "app_metadata.plan:pro",
      "NOT name:grace*",
      "name:*number*5",
      "created_at:[2020-01-01 TO *]",
      "identities.connection:google-oauth2",
      "identities.connection:google-oauth2 AND (app_metadata.plan:pro OR name:ada*)",
    ].map((search) => `/users?include_totals=true&q=${search}`),
    "/users?sort=email:1&q=name:grace*",
  ]) {
    const times: number[] = [];
    for (let run = 0; run < 9; run += 1) {
      // What was found before the change is not of use any more.
      await manage(server, "PATCH", anybody, { app_metadata: { number: 500, seen: run } });
      const start = performance.now();
      await manage(server, "GET", query);
      times.push(performance.now() - start);
    }
    lookups.push({ query, milliseconds: median(times.toSorted(ascending)) });
  }
  const mebibytes = server.mebibytes();
  await server.stop();
  return { mebibytes, lookups };
}

const ascending = (a: number, b: number) => a - b;

const post = (path: string, body: () => unknown): autocannon.Request => ({
  method: "POST",
  path,
  setupRequest: (request) => ({ ...request, body: JSON.stringify(body()) }),
});

const optionsOf = (server: Server, request: autocannon.Request): autocannon.Options => ({
  url: server.url,
  connections: 10,
  headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  requests: [request],
  tlsOptions: { ca: server.ca },
});

/** Sends one kind of request over ten connections that are kept alive, some to warm up and then for some seconds. */
async function load(
  server: Server,
  kind: Pick<Throughput, "name" | "target">,
  request: autocannon.Request,
): Promise<Throughput> {
  const options = optionsOf(server, request);
  await autocannon({ ...options, amount: WARM_UP });
  const before = server.processor();
  const { requests, duration, non2xx, errors } = await autocannon({ ...options, duration: SECONDS });
  if (non2xx + errors > 0 || requests.total === 0)
    throw new Error(`${kind.name}: ${requests.total} answers, ${non2xx + errors} failures`);
  const processor = ((server.processor() - before) * 1000) / requests.total;
  return { ...kind, perSecond: requests.total / duration, processor };
}

/** Asks the Management API for one thing; throws if it is refused. */
function manage(
  { url, ca }: Server,
  method: string,
  path: string,
  body?: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    request(`${url}/api/v2${encodeURI(path)}`, { ca, method, headers, agent: false }, async (response) => {
      const text = (await response.toArray()).join("");
      if (Number(response.statusCode) < 300) resolve(JSON.parse(text || "{}"));
      else reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
    })
      .on("error", reject)
      .end(body === undefined ? undefined : JSON.stringify(body));
  });
}
