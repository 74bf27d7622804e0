import { describe, expect, it } from "vitest";
import { nearest } from "../../src/model/nearest.ts";

describe("the nearest name", () => {
  it.each([
    ["refund:order", ["read:orders", "refund:orders"], "refund:orders"],
    ["read:order", ["read:orders", "read:own-orders"], "read:orders"],
    ["custmer", ["customer", "cashier"], "customer"],
    ["nam", ["name", "owner"], "name"],
    ["dmoain", ["domain", "claimNamespace"], "domain"],
  ])("to %j among %j is %j", (name, known, meant) => {
    expect(nearest(name, known)).toBe(meant);
  });

  it.each([
    ["read:orders", ["refund:orders", "delete:orders"]],
    ["read:orders", ["read:invoices"]],
    ["orders", ["read:orders"]],
    ["agent", ["customer"]],
    ["x", []],
  ])("to %j among %j is none: another verb or noun is another thing", (name, known) => {
    expect(nearest(name, known)).toBeUndefined();
  });

  it("is none of a name with more or fewer parts", () => {
    expect(nearest("read", ["read:orders"])).toBeUndefined();
    expect(nearest("read:orders", ["read"])).toBeUndefined();
  });
});
