import { describe, expect, it } from "vitest";
import { parse, resolve } from "../../src/compile/index.ts";

/** What is found in the files if those named could be understood in part only. */
function found(files: Readonly<Record<string, string>>, incomplete: readonly string[]) {
  const sources = Object.entries(files).map(([path, text]) => ({ path: `rbac/${path}.yaml`, text }));
  const { value } = parse(sources);
  const declarations = { ...value, incomplete: new Set(incomplete.map((path) => `rbac/${path}.yaml`)) };
  return resolve(declarations, { flows: [] }, []).diagnostics;
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
