import { describe, expect, it } from "vitest";
import { rolebook, useCopy } from "../support/checkout.ts";

describe("rolebook who-can", () => {
  it("shows who has a permission and the line that gives it, and ends with 0", () => {
    const { status, stdout, stderr } = rolebook("who-can", "refund:orders");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^orders\/refund:orders, high risk: .* \(rbac\/apis\/orders\.yaml:\d+:3\)\n/);
    expect(stdout).toMatch(
      /\n {2}role support-lead\n {4}names "refund:orders" {2,}rbac\/roles\/support-lead\.yaml:/,
    );
  });

  it("ends with 0 though nobody has it: the question is answered", () => {
    expect(rolebook("who-can", "delete:users")).toEqual({
      status: 0,
      stdout: "nobody has\n  management/delete:users\n",
      stderr: "",
    });
  });

  it("answers programs with JSON", () => {
    const { permissions } = JSON.parse(rolebook("who-can", "refund:orders", "--format", "json").stdout);
    expect(permissions[0].holders[0]).toMatchObject({ kind: "role", key: "support-lead" });
  });

  it.each([
    [["refund:order"], 'no API defines "refund:order"\nhelp: did you mean "refund:orders"?'],
    [["x"], 'no API defines "x"\nhelp: run "rolebook matrix" to see what there is'],
    [
      [],
      'nothing is asked about\nhelp: give a permission, such as "read:orders", "orders/read:orders" or "*:orders"',
    ],
    [["read:orders", "too"], 'no argument "too" is known'],
    [["read:orders", "--format", "svg"], '--format cannot be "svg"\nhelp: known are text, json'],
  ])("ends %j with 2 and the way out", (args, message) => {
    expect(rolebook("who-can", ...args)).toEqual({ status: 2, stdout: "", stderr: `rolebook: ${message}\n` });
  });
});

describe("rolebook what-can", () => {
  it("shows what a role has, with the line of each scope", () => {
    const { status, stdout } = rolebook("what-can", "support-lead");
    expect(status).toBe(0);
    expect(stdout).toMatch(/\n {4}refund:orders ! +rbac\/roles\/support-lead\.yaml:\d+:\d+\n/);
  });

  it("answers programs with JSON", () => {
    const { holders } = JSON.parse(rolebook("what-can", "policies", "--format=json").stdout);
    expect(holders[0].permissions[0].givings[0].written).toBe("from-policies");
  });

  it("ends with 2 for a key that nothing has", () => {
    expect(rolebook("what-can", "suport-lead")).toEqual({
      status: 2,
      stdout: "",
      stderr:
        'rolebook: no role, group or client has the key "suport-lead"\nhelp: did you mean "support-lead"?\n',
    });
  });
});

describe("rolebook matrix", () => {
  it.each([
    ["text", /^billing {2}Billing, /],
    ["markdown", /^### Billing\n/],
    ["svg", /^<svg /],
    ["json", /^\{\n {2}"version": 1,/],
  ])("shows the example estate as %s", (format, start) => {
    const { status, stdout, stderr } = rolebook("matrix", "--format", format);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(start);
  });
});

describe("rolebook matrix --api", () => {
  it("shows one API only", () => {
    const { apis } = JSON.parse(rolebook("matrix", "--api", "orders", "--format", "json").stdout);
    expect(apis.map(({ api }: { api: string }) => api)).toEqual(["orders"]);
  });

  it("ends with 2 for an API that there is not", () => {
    expect(rolebook("matrix", "--api", "order")).toEqual({
      status: 2,
      stdout: "",
      stderr: 'rolebook: no API has the key "order"\nhelp: did you mean "orders"?\n',
    });
  });
});

describe("questions about a checkout with errors", () => {
  const copy = useCopy((made) => {
    made.edit("rbac/roles/customer.yaml", (text) => text.replace("*:own-orders", "*:my-orders"));
  });

  it.each([["matrix"], ["who-can", "read:orders"], ["what-can", "customer"]])(
    "are not answered: %s",
    (...args) => {
      expect(copy().rolebook(...args)).toEqual({
        status: 2,
        stdout: "",
        stderr: 'rolebook: the declarations have 1 error\nhelp: run "rolebook check" to see what is wrong\n',
      });
    },
  );
});
