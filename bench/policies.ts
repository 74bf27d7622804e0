// What the shipped policies cost: the login flow beside one that does nothing, in the tenant's own runtime, and their bundles.
import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCheckout } from "./checkout.ts";
import { median } from "./measure.ts";
import { type PoliciesTenant, port, withTenant } from "./policies-tenant.ts";

/** A login flow in one lane. */
export interface FlowCost {
  readonly name: string;
  /** Milliseconds of a whole login, from request to answer: the median. */
  readonly milliseconds: number;
  /** Milliseconds of processor time for each login, of the tenant and the processes that run policies together. */
  readonly processor: number;
  /** Calls of the Management API, its tokens included, for all logins together. */
  readonly calls: number;
}

/** One bundle of the shipped estate. */
export interface BundleSize {
  readonly file: string;
  readonly bytes: number;
}

/** What was measured in one run of the benchmark. */
export interface PoliciesBenchmark {
  readonly logins: number;
  readonly flows: readonly FlowCost[];
  /** Milliseconds of processor time of whole processes, esbuild's included: medians. */
  readonly check: { readonly shipped: number; readonly idle: number };
  readonly bundles: readonly BundleSize[];
}

const root = join(import.meta.dirname, "..");
const password = "correct horse Battery 9";
const WARM_UP = 30;

const nothing = {
  "hooks/idle.ts": `import { policy } from "#policy";
export default policy({ name: "idle", on: ["login"], settings: {}, run() {} });
`,
  "hooks/flows.ts": `import { flows } from "#policy";
import idle from "./idle.ts";
export default flows({ login: [idle({})] });
`,
};

/** Measures everything: so many logins with each flow, and so many builds. */
export async function benchmarkPolicies(logins: number, runs: number): Promise<PoliciesBenchmark> {
  const shipped = makeCheckout(filesBelow("rbac"));
  // Of groups and allowed roles no policy would be left to keep the promise: an estate without them.
  const idle = makeCheckout(
    new Map([...filesBelow("rbac/{apis,roles,clients}"), ...Object.entries(nothing)]),
  );
  const out = mkdtempSync(join(tmpdir(), "rolebook-bench-"));
  try {
    const costs: FlowCost[] = [];
    for (const lane of ["rule", "action"] as const) {
      const flows = [
        { name: `nothing, as ${lane === "rule" ? "a rule" : "an action"}`, code: bundleOf(idle, lane, out) },
        {
          name: `shipped, as ${lane === "rule" ? "a rule" : "an action"}`,
          code: bundleOf(shipped, lane, out),
        },
      ];
      costs.push(...(await costsOf(flows, lane, logins)));
    }
    rolebook(shipped, "bundle", "--out", out);
    const files = globSync("bundles/*.js", { cwd: out }).sort();
    return {
      logins,
      flows: costs,
      check: { shipped: processorOfCheck(shipped, runs), idle: processorOfCheck(idle, runs) },
      bundles: files.map((file) => ({ file: file.slice(8), bytes: readFileSync(join(out, file)).length })),
    };
  } finally {
    for (const directory of [shipped, idle, out]) rmSync(directory, { recursive: true });
  }
}

function filesBelow(folder: string): ReadonlyMap<string, string> {
  const files = globSync(`${folder}/**/*.yaml`, { cwd: root });
  return new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));
}

function rolebook(cwd: string, ...args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["src/cli/main.ts", ...args], {
    cwd,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`rolebook ${args.join(" ")} ended with ${status}\n${stdout}${stderr}`);
}

function bundleOf(checkout: string, lane: "rule" | "action", out: string): string {
  rolebook(checkout, "bundle", "--out", out);
  return readFileSync(join(out, `bundles/login.${lane}.js`), "utf8");
}

/** Logins of somebody for whom there is nothing left to do, by turns with each flow, so that both have the same machine. */
async function costsOf(
  flows: readonly { readonly name: string; readonly code: string }[],
  lane: "rule" | "action",
  logins: number,
): Promise<readonly FlowCost[]> {
  const rounds = 4;
  return withTenant(async (tenant) => {
    const logIn = await somebody(tenant);
    const taken = flows.map(({ name, code }) => ({
      name,
      code,
      times: [] as number[],
      processor: 0,
      calls: 0,
    }));
    for (let round = 0; round < rounds; round += 1)
      for (const cost of taken) {
        await install(tenant, lane, cost.code);
        for (let count = 0; count < WARM_UP; count += 1) await logIn();
        const callsBefore = await tenant.callsOfOthers();
        const before = tenant.processor();
        for (let count = 0; count < logins / rounds; count += 1) {
          const start = performance.now();
          await logIn();
          cost.times.push(performance.now() - start);
        }
        cost.processor += tenant.processor() - before;
        cost.calls += (await tenant.callsOfOthers()) - callsBefore;
      }
    return taken.map(({ name, times, processor, calls }) => ({
      name,
      milliseconds: median(times.toSorted((a, b) => a - b)),
      processor: processor / times.length,
      calls,
    }));
  });
}

const grant = "http://auth0.com/oauth/grant-type/password-realm";
const database = "Username-Password-Authentication";

/** Makes a client and a user whom the shipped policies have seen before; gives her login. */
async function somebody({ send }: PoliciesTenant): Promise<() => Promise<unknown>> {
  const application = { name: "Bench", token_endpoint_auth_method: "none", grant_types: [grant] };
  const { client_id } = await send("POST", "/api/v2/clients", application);
  const [connection] = (await send("GET", `/api/v2/connections?name=${database}`)) as unknown as {
    id: string;
  }[]; // a list of one
  await send("PATCH", `/api/v2/connections/${connection?.id}/clients`, [{ client_id, status: true }]);
  const username = "grace@example.test";
  const { user_id } = await send("POST", "/api/v2/users", {
    connection: database,
    email: username,
    password,
    app_metadata: {
      firstRoleGiven: true,
      firstLoginDateTime: "2026-01-01T00:00:00.000Z",
      groups: ["Support"],
    },
  });
  const { id } = await send("POST", "/api/v2/roles", { name: "Customer" });
  await send("POST", `/api/v2/users/${encodeURIComponent(String(user_id))}/roles`, { roles: [id] });
  const body = { grant_type: grant, client_id, realm: database, username, password, scope: "openid profile" };
  return () => send("POST", "/oauth/token", body);
}

/** Every value that any flow reads; nothing may be called with them. */
const values = Object.entries({
  ROLEBOOK_STAGE_CLAIM_NAMESPACE: "https://claims.example.test/",
  ROLEBOOK_STAGE_DOMAIN: "example.test",
  ROLEBOOK_ROLE_CUSTOMER: "rol_customer",
  ROLEBOOK_CLIENT_ID: "policies",
  ROLEBOOK_CLIENT_SECRET: "not needed",
  ROLEBOOK_TENANT_DOMAIN: `localhost:${port}`,
});

/** Puts the code into the place of what was there. */
async function install({ send }: PoliciesTenant, lane: "rule" | "action", code: string): Promise<void> {
  if (lane === "rule") {
    for (const { id } of (await send("GET", "/api/v2/rules")) as unknown as { id: string }[])
      await send("DELETE", `/api/v2/rules/${id}`);
    for (const [key, value] of values) await send("PUT", `/api/v2/rules-configs/${key}`, { value });
    await send("POST", "/api/v2/rules", { name: "Bench", script: code, enabled: true });
    return;
  }
  const { actions } = await send("GET", "/api/v2/actions/actions");
  for (const { id } of actions as { id: string }[])
    await send("DELETE", `/api/v2/actions/actions/${id}?force=true`);
  const { id } = await send("POST", "/api/v2/actions/actions", {
    name: "Bench",
    supported_triggers: [{ id: "post-login", version: "v3" }],
    runtime: "node22",
    code,
    secrets: values.map(([name, value]) => ({ name, value })),
  });
  await send("GET", `/api/v2/actions/actions/${id}`); // builds it
  await send("POST", `/api/v2/actions/actions/${id}/deploy`);
  await send("PATCH", "/api/v2/actions/triggers/post-login/bindings", {
    bindings: [{ ref: { type: "action_id", value: id }, display_name: "Bench" }],
  });
}

/** Of a whole `rolebook check`, esbuild's process included, which Node's own account leaves out. */
function processorOfCheck(checkout: string, runs: number): number {
  rolebook(checkout, "generate");
  const script = '"$0" src/cli/main.ts check >/dev/null || exit; times';
  const times = Array.from({ length: runs + 1 }, () => {
    const { status, stdout } = spawnSync("sh", ["-c", script, process.execPath], {
      cwd: checkout,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`rolebook check ended with ${status}`);
    const [, ofChildren = ""] = stdout.trim().split("\n");
    return [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
      (sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000,
      0,
    );
  });
  return median(times.slice(1).toSorted((a, b) => a - b));
}
