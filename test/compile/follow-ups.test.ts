import { describe, expect, it } from "vitest";
import { parse, resolve } from "../../src/compile/index.ts";
import type { Flows } from "../../src/model/flows.ts";
import { startOf } from "../../src/model/source.ts";
import { loginFlow } from "../support/models.ts";

/** What is found in the files if those named could be understood in part only. */
function found(
  files: Readonly<Record<string, string>>,
  incomplete: readonly string[],
  flows: Flows = { flows: [] },
) {
  const sources = Object.entries(files).map(([path, text]) => ({ path: `rbac/${path}.yaml`, text }));
  const { value } = parse(sources);
  const declarations = { ...value, incomplete: new Set(incomplete.map((path) => `rbac/${path}.yaml`)) };
  return resolve(declarations, flows, []).diagnostics;
}

const guardrails = {
  guardrails: `never:
  - { permission: orders/delete:orders, reason: Nobody deletes orders }
  - { permission: "*/purge:*", reason: Nobody purges }
approved:
  - { client: nightly, permission: orders/read:orders, by: team-orders, reason: Reports }
`,
};

describe("guardrails", () => {
  const codesWith = (...incomplete: readonly string[]) =>
    found(guardrails, incomplete).map(({ code, at }) => [code, at.start.line]);

  it("name what is declared", () => {
    expect(codesWith()).toContainEqual(["unknown-api", 2]);
    expect(codesWith()).toContainEqual(["empty-pattern", 3]);
    expect(codesWith()).toContainEqual(["unknown-client", 5]);
  });

  it("may name what a file that could not be understood declares", () => {
    const codes = codesWith("apis/orders", "clients/nightly").map(([code]) => code);
    expect(codes).not.toContain("unknown-api");
    expect(codes).not.toContain("empty-pattern");
    expect(codes).not.toContain("unknown-client");
  });
});

describe("a file that could not be understood", () => {
  const at = startOf("hooks/flows.ts");
  const settings = [{ name: "role", value: { kind: "role", role: "clerk" } as const, at }];
  const assigning = loginFlow({ settings });

  it.each([
    [
      "declare the group that another is within",
      "unknown-group",
      { "groups/office": "within: [house]\n" },
      "groups/house",
    ],
    ["give the group a role", "empty-group", { "groups/office": "" }, "groups/office"],
    ["name the role in a group", "unreachable-role", { "groups/a": "", "roles/clerk": "" }, "groups/b"],
    ["declare the role that a policy is given", "unknown-role", {}, "roles/clerk"],
  ])("may %s", (_, code, files, incomplete) => {
    const flows = code === "unknown-role" ? assigning : { flows: [] };
    const codes = (...paths: readonly string[]) => found(files, paths, flows).map((each) => each.code);
    expect(codes()).toContain(code);
    expect(codes(incomplete)).not.toContain(code);
  });
});

describe("a scope that is written twice", () => {
  it("is reported at the second place, with the first beside it", () => {
    const [twice] = found(
      {
        "apis/orders": "identifier: urn:orders\nscopes: { read:orders: See }\n",
        "roles/clerk": "permissions:\n  orders:\n    - read:orders\n    - read:orders\n",
      },
      [],
    ).filter(({ code }) => code === "duplicate-scope");
    expect(twice?.at.start).toEqual({ line: 4, column: 7 });
    expect(twice?.related?.map(({ message, at }) => [message, at.start.line])).toEqual([
      ["first written here", 3],
    ]);
  });
});
