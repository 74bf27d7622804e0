import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { estateWithPolicies } from "../support/small-estate.ts";
import { Workspace } from "../support/workspace.ts";

let workspace: Workspace;

beforeAll(async () => {
  workspace = await Workspace.create({ estate: estateWithPolicies });
});
afterAll(() => workspace.close());

/** What README.md asks the deploying client to be granted, and no more. */
const granted = [
  ...["resource_servers", "roles", "clients", "client_grants", "actions"].flatMap((noun) =>
    ["create", "read", "update", "delete"].map((verb) => `${verb}:${noun}`),
  ),
  "read:client_keys",
  "read:client_credentials", // when a client is deleted
  "read:connections",
  "update:connections",
];

/** The engine as whoever has Pulumi and Node 24 installed runs it: nothing in its environment but what README.md says. */
async function pulumi(...args: readonly string[]): Promise<string> {
  const { directory, tenant, toolchain } = workspace;
  const home = join(directory, "home");
  mkdirSync(join(home, "state"), { recursive: true });
  const path = [...toolchain.pathEntries, dirname(process.execPath), "/usr/bin", "/bin"];
  const run = await promisify(execFile)(toolchain.pulumi, args, {
    cwd: directory,
    env: {
      HOME: home,
      PATH: path.join(":"),
      PULUMI_BACKEND_URL: `file://${join(home, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "a passphrase",
      AUTH0_CLIENT_ID: tenant.deployer.clientId,
      AUTH0_CLIENT_SECRET: tenant.deployer.clientSecret,
      SSL_CERT_FILE: tenant.ca.path, // a real tenant's is known to every machine
    },
  });
  return run.stdout;
}

describe("the engine by itself, on a stage of one's own", () => {
  it("applies the estate with the scopes that are asked for, leaves it alone, and destroys it", async () => {
    const { tenant } = workspace;
    const grants = `/client-grants?client_id=${tenant.deployer.clientId}`;
    const [grant] = await workspace.manage<{ id: string }[]>("GET", grants);
    await workspace.manage("PATCH", `/client-grants/${grant?.id}`, { scope: granted });
    workspace.replace("Pulumi.staging.yaml", "example-staging.eu.auth0.com", tenant.domain);

    await pulumi("stack", "init", "staging");
    await pulumi("config", "set", "protect", "false", "-s", "staging"); // for the destroy below
    const calls = await workspace.calls(async () => {
      expect(await pulumi("up", "-s", "staging", "--yes")).toMatch(/\+ \d+ created/);
      expect(await pulumi("up", "-s", "staging", "--yes", "--skip-preview", "--expect-no-changes")).toContain(
        "unchanged",
      );
      const [api] = (
        await workspace.manage<{ name: string; identifier: string }[]>("GET", "/resource-servers")
      ).filter(({ name }) => name === "orders");
      expect(api?.identifier).toBe("https://orders.staging.example.com/");

      await pulumi("destroy", "-s", "staging", "--yes", "--skip-preview");
    });
    expect(calls.filter(({ status }) => status === 403)).toEqual([]);
    expect((await workspace.manage<unknown[]>("GET", "/roles")).length).toBe(0);
  });
});
