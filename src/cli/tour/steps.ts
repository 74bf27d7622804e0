// What the tour shows, step by step, and nothing that has not just happened.
import { z } from "zod";
import type { Tenant } from "../../../tenant/index.ts";
import { type PulumiRun, runPulumi, type Toolchain } from "../../../toolchain/index.ts";
import type { Estate } from "../../estate.ts";
import type { Extensibility, FlowName } from "../../model/flows.ts";
import { ensureStack, readClientIds } from "../engine.ts";
import { Failure } from "../failure.ts";
import type { Page } from "../page.ts";
import { showTokens } from "../tokens.ts";
import { type Application, logIn, signUp, type Tokens } from "../visitor.ts";
import { createOrdersApi } from "./orders-api.ts";

/** Everything the tour works with. */
export interface Tour {
  readonly page: Page;
  readonly toolchain: Toolchain;
  readonly tenant: Tenant;
  /** The checkout. */
  readonly cwd: string;
  /** What it declares; without errors. */
  readonly estate: Estate;
  readonly backend: string;
  /** The stack file of the run. */
  readonly configFile: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly extensibility: Extensibility;
}

const orders = "https://orders.example.test/";
const callback = "https://shop.example.test/callback";

/** Shows the tour; throws a Failure with the engine's words if a step does not do what it is there to show. */
export async function showTour(tour: Tour): Promise<void> {
  const { page, tenant, toolchain } = tour;
  page.title("Rolebook: access of an Auth0 tenant as code, from YAML to a claim in a token");
  page.step("The parts", tenant.url);
  page.line("engine", `Pulumi ${toolchain.version}, ${origins[toolchain.source]}`);
  page.line(
    "provider",
    toolchain.plugin === "built" ? "Auth0's own, bridged and built here" : "pulumi-auth0",
  );
  page.line("tenant", "a local one, in memory; it ends with this run");

  await applyTwice(tour);

  const application = { ...(await shop(tour)), audience: orders };
  const ada = await registered(tour, application);
  await social(tour, application);
  await refused(tour, ada);

  page.blank();
  page.text("Next: npm run tenant, and npm run up in another terminal; then edit rbac/.");
  page.text("What each policy does: npx rolebook simulate --user ada@example.test");
  page.blank();
}

async function applyTwice(tour: Tour): Promise<void> {
  const { page, estate, tenant, toolchain, backend, cwd, env } = tour;
  await ensureStack(toolchain, backend, { cwd, env });
  page.step("pulumi up", "what rbac/ and hooks/ declare");
  const first = await up(tour);
  const { apis, roles, clients } = estate.model;
  page.line("APIs", listOf(apis.map(({ key, scopes }) => `${key} (${scopes.length} scopes)`)));
  page.line("roles", listOf(roles.map(({ key, permissions }) => `${key} (${permissions.length})`)));
  page.line("clients", listOf(clients.map(({ key, type }) => `${key} (${type})`)));
  for (const { name, steps } of estate.flows.flows)
    page.line(flowLabels[name], `${listOf(steps.map(({ policy }) => policy))}, as ${mechanism(name, tour)}`);
  page.line("in the tenant", `${first.created} resources created, ${first.calls} calls, ${first.seconds} s`);

  page.step("pulumi up, again", "nothing is left to do");
  const before = tenant.calls().length;
  const second = await up(tour, "--expect-no-changes");
  const changing = tenant
    .calls()
    .slice(before)
    .filter(({ method, path }) => method !== "GET" && path !== "/oauth/token");
  page.line(
    "in the tenant",
    `${second.unchanged} unchanged, ${changing.length} changing calls, ${second.seconds} s`,
  );
}

const origins: Readonly<Record<Toolchain["source"], string>> = {
  path: "installed on this machine",
  vendor: "downloaded",
  built: "built here from public modules",
};

const flowLabels: Readonly<Record<FlowName, string>> = {
  preUserRegistration: "before sign-up",
  postUserRegistration: "after sign-up",
  credentialsExchange: "token exchange",
  login: "at login",
};

function mechanism(flow: FlowName, { extensibility }: Tour): string {
  if (extensibility === "actions") return "an action";
  return flow === "login" ? "a rule" : "a hook";
}

async function registered({ page, tenant }: Tour, application: Application): Promise<Tokens> {
  const url = new URL(tenant.url);
  const [email, password] = ["ada@example.test", "correct horse Battery 9"];
  page.step("Ada signs up with e-mail and password", "then logs in");
  await signUp(url, application, email, password);
  await tenant.settled();
  page.line("stored roles", `${await storedRoles(tenant, email)}, given after the sign-up`);
  const tokens = await logIn(url, application, { email, password });
  showTokens(page, tokens);
  return tokens;
}

async function social({ page, tenant }: Tour, application: Application): Promise<void> {
  page.step("Grace comes with Google", "her very first login");
  const identity = { connection: "google-oauth2", email: "grace@example.test", name: "Grace" };
  showTokens(page, await logIn(new URL(tenant.url), application, identity));
  page.line("stored roles", `${await storedRoles(tenant, identity.email)}, given during this login`);
}

async function refused({ page, tenant }: Tour, { accessToken }: Tokens): Promise<void> {
  page.step("Ada calls the orders API", "it asks each call for one permission");
  const api = createOrdersApi(`${tenant.url}/`, orders);
  for (const [method, path] of [
    ["GET", "/my/orders"],
    ["POST", "/orders/1/refund"],
  ] as const) {
    const answer = await api.request(path, { method, headers: { authorization: `Bearer ${accessToken}` } });
    const { scope } = z
      .object({ scope: z.string() })
      .catch({ scope: "" })
      .parse(await answer.json());
    page.line(`${answer.status}`, `${method} ${path}${scope && `: refused, her token lacks ${scope}`}`);
  }
}

/** The roles Auth0 itself keeps of somebody. */
async function storedRoles(tenant: Tenant, email: string): Promise<string> {
  const authorization = `Bearer ${await tenant.managementToken(["read:users", "read:roles", "read:role_members"])}`;
  const ask = async (path: string) =>
    (await tenant.fetch(`/api/v2${path}`, { headers: { authorization } })).json();
  const [user] = z
    .array(z.object({ user_id: z.string() }))
    .parse(await ask(`/users-by-email?email=${email}`));
  const roles = z
    .array(z.object({ name: z.string() }))
    .parse(await ask(`/users/${encodeURIComponent(user?.user_id ?? "")}/roles`));
  return listOf(roles.map(({ name }) => name)) || "none";
}

async function shop({ toolchain, cwd, env, signal }: Tour): Promise<Omit<Application, "audience">> {
  const { shop: clientId = "" } = await readClientIds(toolchain, { cwd, env, signal });
  return { clientId, callback };
}

async function up(
  { toolchain, tenant, cwd, env, configFile, signal }: Tour,
  ...options: readonly string[]
): Promise<Readonly<Record<"created" | "unchanged" | "calls" | "seconds", string>>> {
  const begun = performance.now();
  const calls = tenant.calls().length;
  const args = ["up", "--yes", "--skip-preview", "--color", "never", "--config-file", configFile, ...options];
  const run = await runPulumi(toolchain, args, { cwd, env, signal });
  if (signal.aborted) throw new Failure("interrupted; nothing is left running");
  if (run.exitCode !== 0) throw new Failure(`pulumi up ended with status ${run.exitCode}\n${wordsOf(run)}`);
  return {
    created: /\+ (\d+) created/.exec(run.stdout)?.[1] ?? "0",
    unchanged: /(\d+) unchanged/.exec(run.stdout)?.[1] ?? "0",
    calls: String(tenant.calls().length - calls),
    seconds: ((performance.now() - begun) / 1000).toFixed(1),
  };
}

const wordsOf = ({ stdout, stderr }: PulumiRun) => `${stdout}${stderr}`.trim();

const listOf = (items: readonly string[]) => items.join(", ");
