import { describe, expect, it } from "vitest";
import type { Span } from "../../src/model/source.ts";
import { askablePermissions, holderKeys, whatCan, whoCan } from "../../src/review/index.ts";
import { declared, officeFiles } from "../support/declared.ts";

const { model, declarations } = declared(officeFiles);

/** Who has what is asked for, as `kind key`, by permission. */
function holders(asked: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    whoCan(asked, model, declarations).map(({ permission, holdings }) => [
      `${permission.api}/${permission.scope}`,
      holdings.map(({ holder }) => `${holder.kind} ${holder.key}`),
    ]),
  );
}

/** What stands in a file of the estate at a place. */
function textAt({ file, start, end }: Span): string {
  const text = officeFiles[file.slice("rbac/".length, -".yaml".length)] ?? "";
  return (text.split("\n")[start.line - 1] ?? "").slice(start.column - 1, end.column - 1);
}

describe("who can", () => {
  it("names roles, then groups, then clients, whether they have it by themselves or by others", () => {
    expect(holders("read:orders")).toEqual({
      "orders/read:orders": [
        "role clerk",
        "role director",
        "role lead",
        "group auditors",
        "group employees",
        "group finance",
        "client worker",
      ],
    });
  });

  it.each([
    ["orders/refund:orders", ["orders/refund:orders"]],
    ["billing/refund:orders", []],
    ["refund:order", []],
    ["*:invoices", ["billing/read:invoices", "billing/void:invoices"]],
    ["*/read:*", ["billing/read:invoices", "orders/read:orders"]],
    [
      "orders/*",
      ["orders/read:orders", "orders/update:orders", "orders/refund:orders", "orders/archive:orders"],
    ],
  ])("takes %s for %j", (asked, permissions) => {
    expect(Object.keys(holders(asked))).toEqual(permissions);
  });

  it("knows the Management API's scopes by their names, and by a pattern those that somebody has", () => {
    expect(holders("read:users")).toEqual({ "management/read:users": [] });
    expect(Object.keys(holders("management/*"))).toEqual([]);
  });

  it("gives every line of the holder that leads to the permission, with the shortest way from there", () => {
    const [answer] = whoCan("read:orders", model, declarations);
    const reasonsOf = (key: string) =>
      answer?.holdings
        .find(({ holder }) => holder.key === key)
        ?.reasons.map(({ way, giving }) => [
          ...way.map(({ from, does, to }) => `${from.key} ${does} ${to.key}`),
          `${giving.by.key} names ${giving.written}`,
        ]);
    expect(reasonsOf("lead")).toEqual([
      ["lead names read:orders"],
      ["lead includes clerk", "clerk names read:*"],
    ]);
    expect(reasonsOf("director")).toEqual([["director includes lead", "lead names read:orders"]]);
  });

  it("has a reason for whatever anybody has, from the holder to the line, each at the words it stands for", () => {
    const all = whoCan("*", model, declarations).flatMap(({ holdings }) => holdings);
    expect(all.length).toBeGreaterThan(20);
    for (const { holder, reasons } of all) {
      expect(reasons).not.toEqual([]);
      for (const { way, giving } of reasons) {
        expect([...way.map(({ from }) => from), giving.by]).toEqual([holder, ...way.map(({ to }) => to)]);
        for (const { to, at } of way) expect(textAt(at)).toBe(to.key);
        expect(textAt(giving.at).replaceAll('"', "")).toBe(giving.written);
      }
    }
  });

  it("loses a permission with the lines that are its reasons, and not before", () => {
    const without = (line: string, rest: string) =>
      declared({ ...officeFiles, "roles/lead": officeFiles["roles/lead"]?.replace(line, rest) ?? "" });
    const has = ({ model: changed }: ReturnType<typeof declared>) =>
      changed.roles.some(
        ({ key, permissions }) => key === "lead" && permissions.some(({ scope }) => scope === "read:orders"),
      );
    expect(has(without("includes: [clerk]\n", ""))).toBe(true);
    expect(has(without("[read:orders, ", "["))).toBe(true);
    expect(
      has(without("includes: [clerk]\npermissions:\n  orders: [read:orders, ", "permissions:\n  orders: [")),
    ).toBe(false);
  });

  it("tells what comes with groups in tokens only from what Auth0 knows", () => {
    const inTokens = (asked: string) =>
      whoCan(asked, model, declarations).flatMap(({ holdings }) =>
        holdings.filter(({ inTokensOnly }) => inTokensOnly).map(({ holder }) => holder.key),
      );
    expect(inTokens("read:invoices")).toEqual(["auditors", "finance"]);
    expect(inTokens("update:orders")).toEqual([]);
  });

  it("can be asked for every scope, alone and with its API", () => {
    expect(askablePermissions(model, declarations)).toEqual(
      expect.arrayContaining([
        "read:invoices",
        "billing/read:invoices",
        "read:users",
        "management/read:users",
      ]),
    );
  });
});

describe("what can", () => {
  it("gives all permissions of what has the key, in the order of the APIs' files", () => {
    const [lead] = whatCan("lead", model, declarations);
    expect(lead?.permissions.map(({ permission }) => permission.scope)).toEqual([
      "read:orders",
      "update:orders",
      "refund:orders",
    ]);
  });

  it("gives every line that leads on to others, nearest first", () => {
    const [auditors] = whatCan("auditors", model, declarations);
    expect(auditors?.links.map(({ from, does, to }) => `${from.key} ${does} ${to.key}`)).toEqual([
      "auditors within finance",
      "finance within employees",
      "finance has accountant",
      "employees has clerk",
    ]);
  });

  it("gives every line that names the permission, at any depth", () => {
    const [director] = whatCan("director", model, declarations);
    const read = director?.permissions.find(({ permission }) => permission.scope === "read:orders");
    expect(read?.givings.map(({ by, written }) => `${by.key} ${written}`)).toEqual([
      "lead read:orders",
      "clerk read:*",
    ]);
  });

  it("agrees with who can", () => {
    const fromWho = whoCan("*", model, declarations).flatMap(({ permission, holdings }) =>
      holdings.map(({ holder }) => `${holder.kind} ${holder.key} ${permission.api}/${permission.scope}`),
    );
    const fromWhat = holderKeys(declarations).flatMap((key) =>
      whatCan(key, model, declarations).flatMap(({ holder, permissions }) =>
        permissions.map(
          ({ permission }) => `${holder.kind} ${holder.key} ${permission.api}/${permission.scope}`,
        ),
      ),
    );
    expect(fromWhat.toSorted()).toEqual(fromWho.toSorted());
  });

  it("answers for a role and a client of one key", () => {
    const both = declared({
      ...officeFiles,
      "clients/clerk": "name: C\ntype: machine\ngrants: { orders: [read:orders] }\n",
    });
    const answers = whatCan("clerk", both.model, both.declarations);
    expect(answers.map(({ holder }) => holder.kind)).toEqual(["role", "client"]);
  });

  it("gives nothing for a key that nothing has", () => {
    expect(whatCan("clerks", model, declarations)).toEqual([]);
  });
});
