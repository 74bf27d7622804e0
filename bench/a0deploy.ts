// auth0-deploy-cli's dry run on the estates that `rolebook check` is measured on: beside it, though it does something else.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeCheckout } from "./checkout.ts";
import { type EstateSize, makeEstate, sizes } from "./estate.ts";
import { type Run, runOnce } from "./measure.ts";
import { ask, type Server, startServer } from "./tenant-process.ts";

/** What a dry run took that found nothing to change. */
export interface DryRun extends Run {
  readonly size: EstateSize;
  /** Milliseconds until it first asked the Management API for something. */
  readonly untilFirstCall: number;
  /** How often it asked. */
  readonly calls: number;
}

/** How many sizes are measured, the smallest first: the largest takes the tool minutes. */
const MEASURED = 2;

/** What Rolebook declares, by the tool's names; but hooks, whose names it exports with dashes in place of spaces. */
const TYPES = ["resourceServers", "roles", "clients", "clientGrants", "rules"];

const program = fileURLToPath(import.meta.resolve("auth0-deploy-cli"));

/** Measures one dry run of each size, against a local tenant of its own that has the estate already. */
export async function benchmarkDryRuns(seed: number): Promise<readonly DryRun[]> {
  const dryRuns: DryRun[] = [];
  for (const size of sizes.slice(0, MEASURED)) {
    const checkout = makeCheckout(makeEstate(size, seed).files);
    try {
      dryRuns.push({ size, ...(await dryRun(checkout)) });
    } finally {
      rmSync(checkout, { recursive: true });
    }
  }
  return dryRuns;
}

async function dryRun(checkout: string): Promise<Omit<DryRun, "size">> {
  const state = join(checkout, ".rolebook/tenant");
  const main = join(checkout, "src/cli/rolebook.js");
  const server = await startServer([main, "tenant", "--port", "0", "--state", state], checkout);
  try {
    const stack = join(checkout, "Pulumi.dev.yaml");
    const { host } = new URL(server.url);
    writeFileSync(stack, readFileSync(stack, "utf8").replace("localhost:8443", host));
    mustRun([main, "pulumi", "up", "--yes", "--skip-preview"], checkout, process.env);

    const { deployer, control }: TenantFile = JSON.parse(readFileSync(join(state, "tenant.json"), "utf8"));
    const config = {
      AUTH0_DOMAIN: host,
      AUTH0_CLIENT_ID: deployer.clientId,
      AUTH0_CLIENT_SECRET: deployer.clientSecret,
      AUTH0_INCLUDED_ONLY: TYPES,
    };
    writeFileSync(join(checkout, "a0deploy.json"), JSON.stringify(config));
    const flags = ["-c", "a0deploy.json", "--env=false"];
    const env = { NODE_EXTRA_CA_CERTS: join(state, "ca.pem") };
    mustRun([program, "export", "-f", "yaml", "-o", "exported", ...flags], checkout, env);

    const before = (await callsOf(server, control)).length;
    const start = Date.now();
    const run = runOnce(
      [program, "import", "-i", "exported/tenant.yaml", "--dry-run", ...flags],
      checkout,
      env,
    );
    const calls = (await callsOf(server, control))
      .slice(before)
      .filter(({ path }) => path.startsWith("/api/v2/"));
    const planned = /│ (CREATE|UPDATE|DELETE) .*/.exec(run.output);
    if (planned) throw new Error(`the dry run would change what it has exported: ${planned[0]}`);
    return { ...run, calls: calls.length, untilFirstCall: Date.parse(calls[0]?.at ?? "") - start };
  } finally {
    await server.stop();
  }
}

/** What is of interest in the tenant's log of calls. */
interface Call {
  readonly at: string;
  readonly path: string;
}

/** What a tenant says of itself beside its state. */
interface TenantFile {
  readonly deployer: { readonly clientId: string; readonly clientSecret: string };
  readonly control: { readonly url: string; readonly token: string };
}

async function callsOf({ ca }: Server, { url, token }: TenantFile["control"]): Promise<readonly Call[]> {
  return JSON.parse(await ask(`${url}/calls`, ca, token));
}

function mustRun(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}\n${stdout}${stderr}`);
}
