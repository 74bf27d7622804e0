import { describe, expect, it } from "vitest";
import type { PermissionPattern } from "../../src/model/names.ts";
import { permissionOf, permissionText } from "../../src/model/permission.ts";
import { clashAmong, clashingRoles } from "../../src/model/separation.ts";
import { model, role } from "../support/models.ts";

const patterns = (...texts: readonly string[]) => texts as unknown as readonly PermissionPattern[];

/** The clash among what is held, as texts. */
const clash = (held: readonly string[], apart: readonly string[]) =>
  clashAmong(held.map(permissionOf), patterns(...apart))?.map(permissionText);

describe("permissions that are kept apart", () => {
  it.each([
    [
      ["orders/create:refund", "orders/approve:refund"],
      ["orders/create:refund", "orders/approve:refund"],
    ],
    [["orders/create:refund"], undefined],
    [["orders/create:refund", "orders/read:refund"], undefined],
    [["orders/approve:refund", "billing/create:refund"], undefined],
  ])("clash if two of them are held: %j", (held, expected) => {
    expect(clash(held, ["orders/create:refund", "orders/approve:refund"])).toEqual(expected);
  });

  it("clash if they fit two patterns, and one that fits both does not clash with itself", () => {
    const apart = ["orders/*", "*/refund"];
    expect(clash(["orders/refund"], apart)).toBeUndefined();
    expect(clash(["orders/refund", "billing/refund"], apart)).toEqual(["orders/refund", "billing/refund"]);
    expect(clash(["orders/read", "orders/refund"], apart)).toEqual(["orders/read", "orders/refund"]);
    expect(clash(["orders/read", "orders/send"], apart)).toBeUndefined();
  });
});

describe("roles that nobody may have together", () => {
  const guardrails = {
    ...model().guardrails,
    separate: [
      { name: "Two people", permissions: patterns("orders/create:refund", "orders/approve:refund") },
    ],
  };
  const pairs = (...roles: readonly ReturnType<typeof role>[]) =>
    clashingRoles(model({ roles, guardrails })).map((each) => each.roles);

  it("are the pairs of which each keeps the law alone", () => {
    expect(
      pairs(
        role("asker", ["orders/create:refund"]),
        role("clerk", ["orders/read:refund"]),
        role("giver", ["orders/approve:refund"]),
        role("lead", ["orders/approve:refund", "orders/read:refund"]),
      ),
    ).toEqual([
      ["asker", "giver"],
      ["asker", "lead"],
    ]);
  });

  it("are not those with a role that breaks it alone", () => {
    const both = role("both", ["orders/approve:refund", "orders/create:refund"]);
    expect(pairs(role("asker", ["orders/create:refund"]), both)).toEqual([]);
  });
});
