// Pulumi's own downloads: the command line by its installer, the Auth0 plugin by the command line.
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Ended, findExecutable, runChild } from "./process.ts";
import type { Environment } from "./types.ts";

/** Installs the pinned command line below a directory; the result's last line of stderr says why it failed. */
export type InstallVendor = (directory: string, env: Environment, signal: AbortSignal) => Promise<Ended>;

const installer = fileURLToPath(new URL("install-vendor.ts", import.meta.url));

/** Runs the installer of Pulumi's Automation API. A process of its own: it cannot be interrupted otherwise. */
export const installVendor: InstallVendor = (directory, env, signal) =>
  runChild(process.execPath, [installer, directory], { env, signal });

/** Whether the engine will find the Auth0 plugin without fetching it: on PATH, or in its own directory. */
export function hasVendorPlugin(env: Environment, version: string): boolean {
  if (findExecutable("pulumi-resource-auth0", env.PATH)) return true;
  const home = env.PULUMI_HOME || join(env.HOME || homedir(), ".pulumi");
  return existsSync(join(home, "plugins", `resource-auth0-v${version}`));
}

/** Lets the command line fetch the Auth0 plugin into its own directory. */
export function fetchVendorPlugin(
  pulumi: string,
  version: string,
  env: Environment,
  signal: AbortSignal,
): Promise<Ended> {
  const args = ["plugin", "install", "resource", "auth0", `v${version}`, "--non-interactive"];
  return runChild(pulumi, args, { env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" }, signal });
}
