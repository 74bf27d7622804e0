import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { estateWithPolicies } from "../support/small-estate.ts";
import { Workspace } from "../support/workspace.ts";

let workspace: Workspace;
let restore: () => void;

beforeAll(async () => {
  workspace = await Workspace.create({
    estate: estateWithPolicies,
    config: { "rolebook:protect": "false", "rolebook:extensibility": "actions" },
  });
  restore = workspace.keep();
});
afterAll(() => workspace.close());
beforeEach(() => restore());

/** What "rolebook deployer-scopes" says of the dev stack. */
function scopesFor(...options: readonly string[]): readonly string[] {
  const args = ["src/cli/rolebook.js", "deployer-scopes", ...options];
  const { stdout } = spawnSync(process.execPath, args, { cwd: workspace.directory, encoding: "utf8" });
  return stdout.trim().split("\n");
}

/** Grants the deploying client these scopes of the Management API, and no others. */
async function grant(scope: readonly string[]): Promise<void> {
  const { clientId } = workspace.tenant.deployer;
  const [held] = await workspace.manage<{ id: string }[]>("GET", `/client-grants?client_id=${clientId}`);
  await workspace.manage("PATCH", `/client-grants/${held?.id}`, { scope });
}

describe("a deploying client with the scopes that are computed", () => {
  it("makes and changes everything; with one fewer it is refused", async () => {
    const scopes = scopesFor();
    await grant(scopes);
    await workspace.apply();
    workspace.replace(
      "rbac/roles/customer.yaml",
      "[read:own-orders]",
      "[read:own-orders, create:own-orders]",
    );
    await workspace.apply();
    const [first = "", ...others] = scopes;
    await grant(others);
    expect((await workspace.up()).diagnostics).toContain(`lacks scopes of the Management API: ${first}`);
  });

  it("destroys everything with those for deletions, too", async () => {
    await grant(scopesFor("--deletions"));
    await workspace.apply();
    const { diagnostics } = await workspace.pulumi("destroy", "--yes", "--skip-preview");
    expect(diagnostics).not.toContain("error");
  });

  it("previews, finds what was changed by hand, and changes nothing with those that only read", async () => {
    await workspace.apply();
    await grant(scopesFor("--read-only"));
    expect(await workspace.preview("--refresh", "--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect((await workspace.up()).diagnostics).toContain("lacks scopes of the Management API: create:");
    const drift = () => workspace.pulumi("refresh", "--preview-only", "--expect-no-changes");
    expect(await drift()).toMatchObject({ exitCode: 0 });
    const [shop] = (await workspace.manage<{ name: string; client_id: string }[]>("GET", "/clients")).filter(
      ({ name }) => name === "Shop",
    );
    await workspace.manage("PATCH", `/clients/${shop?.client_id}`, { callbacks: ["https://evil.example/"] });
    expect((await drift()).exitCode).not.toBe(0);
  });

  it("previews without a refresh though it may not see the secrets of clients", async () => {
    await grant(scopesFor("--read-only").filter((scope) => scope !== "read:client_keys"));
    expect(await workspace.preview()).toMatchObject({ exitCode: 0 });
  });
});
