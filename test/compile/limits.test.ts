import { describe, expect, it } from "vitest";
import { parse, resolve } from "../../src/compile/index.ts";
import { startOf } from "../../src/model/source.ts";
import { loginFlow } from "../support/models.ts";

/** Places at which the files exceed a limit. */
function exceeded(files: Readonly<Record<string, string>>): readonly string[] {
  const { value } = parse(Object.entries(files).map(([path, text]) => ({ path: `rbac/${path}.yaml`, text })));
  return resolve(value, { flows: [] }, [])
    .diagnostics.filter(({ code }) => code === "limit-exceeded")
    .map(({ at }) => `${at.file}:${at.start.line}:${at.start.column}`);
}

/** So many things, named by their number. */
function many(count: number, make: (name: string) => readonly [string, string]): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => make(`a${String(index).padStart(5, "0")}`)),
  );
}

/** An API of so many scopes and a role that has them all. */
function scopes(count: number) {
  const lines = Object.values(many(count, (name) => [name, `  do:${name}: Do it\n`]));
  return {
    "apis/orders": `identifier: urn:orders\nscopes:\n${lines.join("")}`,
    "roles/clerk": 'name: Clerk\npermissions: { orders: ["*"] }\n',
  };
}

const roles = (count: number) => many(count, (name) => [`roles/${name}`, "description: One of many\n"]);

/** A group that gives so many roles. */
const group = (count: number, delivery: string) => ({
  ...roles(count),
  "groups/all": `roles: [${Object.keys(many(count, (name) => [name, ""])).join(", ")}]\ndelivery: ${delivery}\n`,
});

/** As many machines as are granted one scope each. */
const grants = (count: number) =>
  many(count, (name) => [`clients/${name}`, "type: machine\ngrants: { orders: [] }\n"]);

describe("limits of Auth0", () => {
  it.each([
    [
      "a thousand scopes and permissions",
      scopes(1000),
      scopes(1001),
      ["rbac/apis/orders.yaml:1003:3", "rbac/roles/clerk.yaml:1:1"],
    ],
    ["a thousand roles", roles(1000), roles(1001), ["rbac/roles/a01000.yaml:1:1"]],
    ["fifty roles of a user", group(50, "stored"), group(51, "stored"), ["rbac/groups/all.yaml:1:1"]],
    ["ten thousand grants", grants(10_000), grants(10_001), ["rbac/clients/a10000.yaml:2:11"]],
  ])("are kept by %s, and exceeded by the first that is too much", (_, enough, tooMuch, places) => {
    expect(exceeded(enough)).toEqual([]);
    expect(exceeded(tooMuch)).toEqual(places);
  });

  it("do not bound roles that are in tokens only", () => {
    expect(exceeded(group(51, "claim"))).toEqual([]);
  });
});

describe("a stage value that a policy is given", () => {
  const at = startOf("hooks/flows.ts");
  const settings = [{ name: "key", value: { kind: "stage", name: "key" } as const, at }];

  it.each([
    [4096, []],
    [4097, ["limit-exceeded Pulumi.dev.yaml:2"]],
  ])("of %i characters fits or not, and points at who is given it", (length, expected) => {
    const { value } = parse([
      { path: "Pulumi.yaml", text: "name: rolebook\nconfig:\n  key: { type: string }\n" },
      { path: "Pulumi.dev.yaml", text: `config:\n  rolebook:key: ${"x".repeat(length)}\n` },
    ]);
    const { diagnostics } = resolve(value, loginFlow({ settings }), value.stacks);
    expect(diagnostics.map(({ code, at }) => `${code} ${at.file}:${at.start.line}`)).toEqual(expected);
    expect(diagnostics.flatMap(({ related }) => related)).toEqual(
      expected.map(() => ({ message: 'given to policy "p"', at })),
    );
  });
});

describe("files that could not be read", () => {
  it("may declare what others name", () => {
    const { value } = parse([
      {
        path: "rbac/roles/clerk.yaml",
        text: "description: In ${region}\nincludes: [cashier]\npermissions: { orders: [read:orders] }\n",
      },
    ]);
    const codes = (incomplete: readonly string[]) =>
      resolve({ ...value, incomplete: new Set(incomplete) }, { flows: [] }, []).diagnostics.map(
        ({ code }) => code,
      );
    expect(codes([])).toEqual(["unknown-role", "unknown-api", "unknown-stage-value"]);
    expect(codes(["rbac/roles/cashier.yaml", "rbac/apis/orders.yaml", "Pulumi.yaml"])).toEqual([]);
  });
});
