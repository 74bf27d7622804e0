import { describe, expect, it } from "vitest";
import { renderCatalogue } from "../../src/bundle/index.ts";
import type { Declarations } from "../../src/model/declarations.ts";

const keyed = (...keys: string[]) => keys.map((key) => ({ key, scopes: [] }));

/** Declarations, of which the catalogue reads names only. */
function declarations(parts: object): Declarations {
  const none = { apis: [], roles: [], clients: [], stageValues: [] };
  return { ...none, ...parts } as unknown as Declarations;
}

describe("the catalogue", () => {
  it("lists each kind's names, sorted", () => {
    const text = renderCatalogue(
      declarations({
        roles: keyed("customer", "accountant"),
        clients: keyed("shop"),
        apis: [{ key: "orders", scopes: [{ value: { value: "read:orders" } }] }],
        stageValues: [
          { name: "domain", secret: false },
          { name: "sellerKey", secret: true },
        ],
      }),
    );
    expect(
      text,
    ).toBe(`// Made by "npm run generate" of rbac/ and Pulumi.yaml: what policies and flows may name.
declare module "#policy" {
  interface Catalogue {
    client: "shop";
    role: "accountant" | "customer";
    scope: {
      orders: "read:orders";
    };
    secret: "sellerKey";
    stage: "domain";
  }
}

export {};
`);
  });

  it("has no name for what is not declared", () => {
    expect(renderCatalogue(declarations({}))).toContain("    role: never;\n");
  });

  it("leaves out what only chooses how Rolebook works", () => {
    const stageValues = [{ name: "extensibility", secret: false }];
    expect(renderCatalogue(declarations({ stageValues }))).toContain("stage: never;");
  });

  it("quotes keys that are no identifiers, and breaks lines that are too long", () => {
    const scopes = Array.from({ length: 9 }, (_, index) => ({ value: { value: `read:orders-${index}` } }));
    const text = renderCatalogue(declarations({ apis: [{ key: "shop-orders", scopes }] }));
    expect(text).toContain('      "shop-orders":\n        | "read:orders-0"\n        | "read:orders-1"\n');
  });
});
