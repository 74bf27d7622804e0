import { describe, expect, it } from "vitest";
import { parse, resolve } from "../../src/compile/index.ts";

/** Places and codes found in an API of so many scopes and a role that has them all. */
function found(count: number) {
  const scopes = Array.from({ length: count }, (_, index) => `  do:${index}: Do it\n`).join("");
  const { value } = parse([
    { path: "rbac/apis/orders.yaml", text: `identifier: urn:orders\nscopes:\n${scopes}` },
    { path: "rbac/roles/clerk.yaml", text: 'name: Clerk\npermissions: { orders: ["*"] }\n' },
  ]);
  const { diagnostics } = resolve(value, { flows: [] }, []);
  return diagnostics.map(({ code, at }) => [code, `${at.file}:${at.start.line}:${at.start.column}`]);
}

describe("limits of Auth0", () => {
  it("are exceeded by the first scope that is too much, and by a role with too many permissions", () => {
    expect(found(1001)).toEqual([
      ["limit-exceeded", "rbac/apis/orders.yaml:1003:3"],
      ["limit-exceeded", "rbac/roles/clerk.yaml:1:1"],
    ]);
  });

  it("are kept by a thousand scopes and permissions", () => {
    expect(found(1000)).toEqual([]);
  });
});

describe("files that could not be read", () => {
  it("may declare what others name", () => {
    const { value } = parse([
      {
        path: "rbac/roles/clerk.yaml",
        text: "includes: [cashier]\npermissions: { orders: [read:orders] }\n",
      },
    ]);
    const codes = (incomplete: readonly string[]) =>
      resolve({ ...value, incomplete: new Set(incomplete) }, { flows: [] }, []).diagnostics.map(
        ({ code }) => code,
      );
    expect(codes([])).toEqual(["unknown-role", "unknown-api"]);
    expect(codes(["rbac/roles/cashier.yaml", "rbac/apis/orders.yaml"])).toEqual([]);
  });
});
