// The dev stack: where its state is kept, and what the engine and the provider need to reach its tenant.
import { readFileSync } from "node:fs";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { Failure } from "./failure.ts";

/** Folders of a dev stack's state. All of it can be deleted: it comes back empty. */
export interface DevStack {
  /** Where the other two are. */
  readonly directory: string;
  /** Pulumi's state: a file backend. */
  readonly backend: string;
  /** The tenant's state. */
  readonly tenant: string;
}

/** Protects nothing: the dev stack's secrets are dummies, and its state stays on this machine. */
const passphrase = "rolebook";

/** The state of the checkout's dev stack, in `.rolebook/`. */
export function devStackOf(root: string): DevStack {
  const directory = `${root}/.rolebook`;
  return { directory, backend: `${directory}/pulumi`, tenant: `${directory}/tenant` };
}

const runningTenant = z.object({
  url: z.string(),
  domain: z.string(),
  /** Path of the PEM file with the tenant's CA. */
  ca: z.string(),
  deployer: z.object({ clientId: z.string(), clientSecret: z.string() }),
  /** The control API, and what it asks for. */
  control: z.object({ url: z.string(), token: z.string() }),
  pid: z.number(),
});

/** What a tenant says of itself while it runs: where it is, whom to trust, and what the provider signs in with. */
export type RunningTenant = z.infer<typeof runningTenant>;

/** The tenant that runs on this state; undefined if none does. */
export function findRunningTenant(stateDirectory: string): RunningTenant | undefined {
  try {
    const tenant = runningTenant.parse(JSON.parse(readFileSync(`${stateDirectory}/tenant.json`, "utf8")));
    process.kill(tenant.pid, 0); // throws where a killed tenant left its file behind
    return tenant;
  } catch {
    return undefined;
  }
}

/** The tenant that runs on this state. A Failure that says the way out if none does. */
export function requireRunningTenant(stateDirectory: string): RunningTenant {
  const tenant = findRunningTenant(stateDirectory);
  if (tenant) return tenant;
  throw new Failure("the local tenant is not running", 'start it in another terminal with "npm run tenant"');
}

/** Lets this process trust servers that the authority signed, in PEM, beside those it trusts already. */
export function trustAuthority(pem: string): void {
  setDefaultCACertificates([...getCACertificates(), pem]);
}

/** Environment of an engine that works on the dev stack with its state in `backend`. */
export function engineEnvironment(
  backend: string,
  tenant?: Pick<RunningTenant, "ca" | "deployer">,
): Record<string, string> {
  return {
    PULUMI_BACKEND_URL: pathToFileURL(backend).href,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_STACK: "dev",
    ...(tenant && {
      AUTH0_CLIENT_ID: tenant.deployer.clientId,
      AUTH0_CLIENT_SECRET: tenant.deployer.clientSecret,
      SSL_CERT_FILE: tenant.ca,
    }),
  };
}
