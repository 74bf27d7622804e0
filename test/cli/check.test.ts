import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { rolebook, useCopy } from "../support/checkout.ts";

describe("rolebook check on the example estate", () => {
  it("prints nothing and ends with 0", () => {
    expect(rolebook("check")).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});

describe("rolebook check on a broken copy", () => {
  const copy = useCopy((made) => {
    made.edit("Pulumi.prod.yaml", (text) => `${text}  rolebook:claimNamspace: x\n`);
    made.edit("hooks/flows.ts", (text) => text.replace('"customer"', '"custmer"'));
    made.edit("rbac/apis/billing.yaml", (text) => text.replace("owner:", "onwer:"));
    made.edit("rbac/apis/orders.yaml", (text) => text.replace("${domain}", "${domian}"));
    made.edit("rbac/clients/shop.yaml", (text) => text.replace("type: spa", "type: sap"));
    made.edit("rbac/roles/accountant.yaml", (text) => `${text}includes: [finance-lead]\n`);
    made.edit("rbac/roles/customer.yaml", (text) => text.replace("*:own-orders", "*:my-orders"));
    made.edit("rbac/roles/support-agent.yaml", (text) => text.replace("read:tickets", "read:ticket"));
    made.edit("rbac/roles/support-lead.yaml", (text) => text.replace("orders:", "order:"));
    made.edit("rbac/roles/warehouse-clerk.yaml", (text) => text.replace("[read:orders, ", "[read:orders; "));
  });

  it("prints all errors of rbac, hooks and stack files at their places, sorted, and ends with 1", () => {
    const { status, stdout, stderr } = rolebook("check", "--root", copy().path);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(
      stdout
        .split("\n")
        .filter((line) => /^\S+:\d+:\d+ /.test(line))
        .map((line) => line.split(": ")[0]),
    ).toEqual([
      "Pulumi.prod.yaml:6:3 error unknown-stage-value",
      "hooks/flows.ts:12:52 error unknown-role",
      "rbac/apis/billing.yaml:4:1 error unknown-key",
      "rbac/apis/orders.yaml:3:28 error unknown-stage-value",
      "rbac/clients/shop.yaml:4:7 error bad-value",
      "rbac/roles/accountant.yaml:8:12 error include-cycle",
      "rbac/roles/customer.yaml:6:12 error empty-pattern",
      "rbac/roles/support-agent.yaml:6:13 error unknown-scope",
      "rbac/roles/support-lead.yaml:8:3 error unknown-api",
      "rbac/roles/warehouse-clerk.yaml:6:12 error unknown-scope",
    ]);
    expect(stdout).toMatch(/\n10 errors\n$/);
    expect(stdout).not.toContain("\u001B");
  });
});

describe("rolebook check --format", () => {
  const secret = "hunter2-in-clear";
  const copy = useCopy((made) => {
    made.edit("Pulumi.yaml", (text) => `${text}  key:\n    type: string\n    secret: true\n`);
    made.edit("Pulumi.prod.yaml", (text) => `${text}  rolebook:key: ${secret}\n`);
  });

  it.each(["text", "json", "sarif", "github"])(
    "%s names the place of a secret and does not show it",
    (format) => {
      const { status, stdout, stderr } = copy().rolebook("check", "--format", format);
      expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
      expect(stdout).toContain("wrong-secrecy");
      expect(stdout).toContain("Pulumi.prod.yaml");
      expect(stdout).not.toContain(secret);
    },
  );

  it("prints documents for programs though all is well", () => {
    expect(JSON.parse(rolebook("check", "--format", "json").stdout).diagnostics).toEqual([]);
    expect(JSON.parse(rolebook("check", "--format=sarif").stdout).runs[0].results).toEqual([]);
    expect(rolebook("check", "--format=github")).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it("ends with 2 for a format that there is not", () => {
    expect(rolebook("check", "--format", "jsn")).toEqual({
      status: 2,
      stdout: "",
      stderr: 'rolebook: --format cannot be "jsn"\nhelp: did you mean "json"?\n',
    });
  });
});

describe("rolebook check --strict", () => {
  const copy = useCopy((made) => {
    made.edit("Pulumi.yaml", (text) => `${text}  leftOver:\n    type: string\n    default: x\n`);
    made.rolebook("generate");
  });

  it("ends with 1 for warnings, which are well without it", () => {
    const lenient = copy().rolebook("check");
    expect(lenient.status).toBe(0);
    expect(lenient.stdout).toMatch(/ warning unused-stage-value: .*\n\n1 warning\n$/s);
    const strict = copy().rolebook("check", "--strict");
    expect(strict.status).toBe(1);
    expect(strict.stdout).toMatch(/\n1 warning; warnings count as errors \(--strict\)\n$/);
  });

  it("ends with 0 if nothing is found", () => {
    expect(rolebook("check", "--strict").status).toBe(0);
  });
});

describe("rolebook check with accepted warnings", () => {
  const acceptance = "- code: unused-stage-value\n  file: Pulumi.yaml\n  reason: It is to come\n";
  const copy = useCopy((made) => {
    made.edit("Pulumi.yaml", (text) => `${text}  leftOver:\n    type: string\n    default: x\n`);
    made.rolebook("generate");
  });

  /** The codes that are found with this as rbac/accepted-warnings.yaml, and the exit status of --strict. */
  function checked(accepted: string) {
    copy().write("rbac/accepted-warnings.yaml", accepted);
    const { status, stdout } = copy().rolebook("check", "--strict", "--format", "json");
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string }[] };
    return { status, codes: diagnostics.map(({ code }) => code) };
  }

  it("shows neither the warning nor a word about it, also with --strict", () => {
    expect(checked(acceptance)).toEqual({ status: 0, codes: [] });
  });

  it("shows the warning again after the last day, and that it has passed", () => {
    expect(checked(`${acceptance}  until: 2020-01-01\n`)).toEqual({
      status: 1,
      codes: ["unused-stage-value", "expired-acceptance"],
    });
  });

  it("shows an acceptance that nothing needs", () => {
    expect(checked(`${acceptance}${acceptance.replace("Pulumi.yaml", "Pulumi.prod.yaml")}`)).toEqual({
      status: 1,
      codes: ["unneeded-acceptance"],
    });
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
