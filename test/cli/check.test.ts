import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../support/shipped.ts";

function rolebook(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "src/cli/main.ts"), ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe("rolebook check on the example estate", () => {
  it("prints nothing and ends with 0", () => {
    expect(rolebook("check")).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});

describe("rolebook check on a broken copy", () => {
  let copy: string;

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), "rolebook-check-"));
    for (const name of [
      "rbac",
      "hooks",
      "src",
      "package.json",
      "tsconfig.json",
      "Pulumi.yaml",
      "Pulumi.prod.yaml",
    ])
      cpSync(join(root, name), join(copy, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  });

  afterAll(() => rmSync(copy, { recursive: true }));

  function edit(path: string, change: (text: string) => string): void {
    writeFileSync(join(copy, path), change(readFileSync(join(copy, path), "utf8")));
  }

  it("prints all errors of rbac, hooks and stack files at their places, sorted, and ends with 1", () => {
    edit("Pulumi.prod.yaml", (text) => `${text}  rolebook:claimNamspace: x\n`);
    edit("hooks/flows.ts", (text) => text.replace('"customer"', '"custmer"'));
    edit("rbac/apis/billing.yaml", (text) => text.replace("owner:", "onwer:"));
    edit("rbac/apis/orders.yaml", (text) => text.replace("${domain}", "${domian}"));
    edit("rbac/clients/shop.yaml", (text) => text.replace("type: spa", "type: sap"));
    edit("rbac/roles/accountant.yaml", (text) => `${text}includes: [finance-lead]\n`);
    edit("rbac/roles/customer.yaml", (text) => text.replace("*:own-orders", "*:my-orders"));
    edit("rbac/roles/support-agent.yaml", (text) => text.replace("read:tickets", "read:ticket"));
    edit("rbac/roles/support-lead.yaml", (text) => text.replace("orders:", "order:"));
    edit("rbac/roles/warehouse-clerk.yaml", (text) => text.replace("[read:orders, ", "[read:orders; "));

    const { status, stdout, stderr } = rolebook("check", "--root", copy);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(
      stdout
        .split("\n")
        .filter((line) => /^\S+:\d+:\d+ /.test(line))
        .map((line) => line.split(": ")[0]),
    ).toEqual([
      "Pulumi.prod.yaml:5:3 error unknown-stage-value",
      "hooks/flows.ts:7:52 error unknown-role",
      "rbac/apis/billing.yaml:3:1 error unknown-key",
      "rbac/apis/orders.yaml:2:28 error unknown-stage-value",
      "rbac/clients/shop.yaml:3:7 error bad-value",
      "rbac/roles/accountant.yaml:7:12 error include-cycle",
      "rbac/roles/customer.yaml:5:12 error empty-pattern",
      "rbac/roles/support-agent.yaml:5:13 error unknown-scope",
      "rbac/roles/support-lead.yaml:7:3 error unknown-api",
      "rbac/roles/warehouse-clerk.yaml:5:12 error unknown-scope",
    ]);
    expect(stdout).toMatch(/\n10 errors\n$/);
    expect(stdout).not.toContain("\u001B");
  });
});

describe("the command line", () => {
  it.each([
    [["chek"], 'rolebook: no command "chek" is known\nhelp: did you mean "check"?\n'],
    [["check", "--rot=x"], 'rolebook: no option "--rot" is known\nhelp: did you mean "--root"?\n'],
    [["check", "rbac"], 'rolebook: no argument "rbac" is known\n'],
    [["check", "--root"], "rolebook: Option '--root <value>' argument missing\n"],
  ])("ends %j with 2 and the way out", (args, stderr) => {
    expect(rolebook(...args)).toEqual({ status: 2, stdout: "", stderr });
  });

  it("ends with 2 where there is no checkout", () => {
    const { status, stderr } = rolebook("check", "--root", tmpdir());
    expect(status).toBe(2);
    expect(stderr).toContain("holds no Pulumi.yaml\nhelp: run this in a checkout, or name one with --root\n");
  });

  it("lists the commands", () => {
    const { status, stdout } = rolebook("--help");
    expect(status).toBe(0);
    expect(stdout).toContain("\n  check ");
    expect(rolebook("check", "--help").status).toBe(0);
    expect(rolebook().status).toBe(2);
  });
});
