// `npx vitest run test/report -u` writes the goldens anew.
import { describe, expect, it } from "vitest";
import type { ApiKey, ClientKey, RoleKey, ScopeValue } from "../../src/model/names.ts";
import { whatCanJson, whoCanJson } from "../../src/report/answers/json.ts";
import { whatCanText } from "../../src/report/answers/what-can-text.ts";
import { whoCanText } from "../../src/report/answers/who-can-text.ts";
import { type HolderPermissions, whatCan, whoCan } from "../../src/review/index.ts";
import { declared, officeFiles } from "../support/declared.ts";

const { model, declarations } = declared(officeFiles);
const who = whoCan("*:orders", model, declarations);
const what = ["director", "auditors", "worker", "shop"].flatMap((key) => whatCan(key, model, declarations));

describe("the answer to who can", () => {
  it("shows each holder with the lines that lead to the permission", async () => {
    await expect(whoCanText(who)).toMatchFileSnapshot("goldens/who-can.txt");
  });

  it("closes with what nobody has", () => {
    const alone = declared({ "apis/lonely": "identifier: urn:lonely\nscopes: { read:it: See it }\n" });
    expect(whoCanText(whoCan("*", alone.model, alone.declarations))).toBe("nobody has\n  lonely/read:it\n");
  });

  it("is a versioned document for programs", async () => {
    const refund = whoCan("refund:orders", model, declarations);
    await expect(whoCanJson(refund)).toMatchFileSnapshot("goldens/who-can.json.txt");
  });
});

describe("the answer to what can", () => {
  it("shows the lines that lead to others, then each scope with the line that names it", async () => {
    await expect(whatCanText(what)).toMatchFileSnapshot("goldens/what-can.txt");
  });

  it("says of a client who may sign in, and what it gets for these", () => {
    const at = { file: "rbac/clients/shop.yaml", start: { line: 1, column: 1 }, end: { line: 1, column: 5 } };
    const holder = { kind: "client", key: "shop" as ClientKey } as const;
    const shop: HolderPermissions = {
      holder,
      name: "Shop",
      owner: "team-orders",
      at,
      links: [],
      allowedRoles: ["clerk", "lead"] as readonly string[] as readonly RoleKey[],
      permissions: [
        {
          permission: { api: "orders" as ApiKey, scope: "read:orders" as ScopeValue },
          risk: "low",
          description: undefined,
          at: undefined,
          inTokensOnly: false,
          forUsers: true,
          givings: [{ by: holder, written: "read:*", at: { ...at, start: { line: 9, column: 12 } } }],
        },
      ],
    };
    expect(whatCanText([shop])).toBe(`client shop: Shop, of team-orders (rbac/clients/shop.yaml:1:1)
  only people with one of the roles clerk, lead may sign in
  orders
    read:orders  by "read:*", for its users  rbac/clients/shop.yaml:9:12
`);
  });

  it("is a versioned document for programs", async () => {
    await expect(whatCanJson(whatCan("finance", model, declarations))).toMatchFileSnapshot(
      "goldens/what-can.json.txt",
    );
  });
});
