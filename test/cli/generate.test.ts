import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkout } from "../bundle/checkout.ts";
import { root as own, shippedSources } from "../support/shipped.ts";

const estate = Object.fromEntries(shippedSources().map(({ path, text }) => [path, text]));

/** A copy of this checkout without generated files, but for the catalogue. */
function fresh(): string {
  const root = checkout(estate);
  rmSync(join(root, "hooks/flows.lock"), { force: true });
  return root;
}

function run(command: string, root: string) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(own, "src/cli/rolebook.js"), command],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

const schemas = ["api", "role", "group", "client", "guardrails", "accepted-warnings"]
  .map((kind) => `wrote docs/schema/${kind}.json\n`)
  .join("");

describe("rolebook generate", () => {
  it("writes what is missing or stale, then nothing more, and check is content", () => {
    const root = fresh();
    rmSync(join(root, "hooks/catalogue.ts"));
    expect(run("check", root)).toMatchObject({ status: 1, stdout: expect.stringContaining("stale-file") });
    expect(run("generate", root)).toEqual({
      status: 0,
      stdout: `wrote hooks/catalogue.ts\n${schemas}wrote rbac/access.lock\nwrote hooks/flows.lock\n`,
      stderr: "",
    });
    expect(run("generate", root)).toEqual({ status: 0, stdout: "nothing to write\n", stderr: "" });
    expect(run("check", root)).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it("writes what declarations decide while hooks/ has errors, and leaves the locks", () => {
    const root = fresh();
    const flows = join(root, "hooks/flows.ts");
    writeFileSync(flows, readFileSync(flows, "utf8").replace('"customer"', '"buyer"'));
    const { status, stdout, stderr } = run("generate", root);
    expect({ status, stdout }).toEqual({ status: 1, stdout: schemas });
    expect(stderr).toMatch(/^hooks\/flows\.ts:\d+:\d+ error unknown-role: /);
    expect(existsSync(join(root, "rbac/access.lock"))).toBe(false);
    expect(existsSync(join(root, "hooks/flows.lock"))).toBe(false);
  });

  it("writes nothing while a declaration cannot be read", () => {
    const root = fresh();
    writeFileSync(join(root, "rbac/roles/customer.yaml"), "permissions: [\n");
    const { status, stdout, stderr } = run("generate", root);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("error syntax: ");
  });
});
