import { describe, expect, it } from "vitest";
import { tableCode } from "../../src/bundle/tables.ts";
import type { AccessModel } from "../../src/model/access-model.ts";

describe("the table of permissions in a bundle", () => {
  it("has roles of any name, those that mean something to JavaScript, too", () => {
    const names = ["__proto__", "constructor", 'A "B", C', "toString"];
    const model = {
      apis: [{ key: "orders", identifier: "https://orders.test/" }],
      roles: names.map((name) => ({
        key: name,
        name,
        permissions: [{ api: "orders", scope: "read:orders" }],
      })),
    } as unknown as AccessModel; // the table is made of no more of it
    const code = tableCode("permissions", model, () => "0");
    const table = new Function(`return ${code}`)() as Record<string, object>;
    expect(Object.entries(table["https://orders.test/"] ?? {})).toEqual(
      names.map((name) => [name, ["read:orders"]]),
    );
  });
});
