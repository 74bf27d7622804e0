// The other place of a finding, which scripts and code scanning get even where the message names it already.
import { describe, expect, it } from "vitest";
import { parse, resolve } from "../../src/compile/index.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";

/** What is found of this code in files of rbac/, by path below it without `.yaml`. */
function found(code: Diagnostic["code"], files: Readonly<Record<string, string>>): readonly Diagnostic[] {
  const sources = Object.entries(files).map(([path, text]) => ({ path: `rbac/${path}.yaml`, text }));
  const parsed = parse(sources);
  const { diagnostics } = resolve(parsed.value, { flows: [] }, []);
  return diagnostics.filter((each) => each.code === code);
}

/** The places of the findings beside their own, as `message at file:line:column`. */
function related(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.flatMap((each) =>
    (each.related ?? []).map(
      ({ message, at }) => `${message} at ${at.file}:${at.start.line}:${at.start.column}`,
    ),
  );
}

it("an identifier that two APIs have points at the first, too", () => {
  const files = { "apis/a": "identifier: urn:same\n", "apis/b": "identifier: urn:same\n" };
  expect(related(found("duplicate-identifier", files))).toEqual([
    'identifier of API "a" at rbac/apis/a.yaml:1:13',
  ]);
});

it("an item that is listed twice points at where it stands first, too", () => {
  const files = { "groups/office": "roles: [clerk, clerk]\n", "roles/clerk": "" };
  expect(related(found("duplicate-item", files))).toEqual([
    "first written here at rbac/groups/office.yaml:1:9",
  ]);
});

describe("what the type of a client rules out points at the type, too:", () => {
  it.each([
    ["wrong-client-type", "type: machine\nconnections: [google-oauth2]\n"],
    ["grant-not-allowed", "type: spa\ngrants: { management: from-policies }\n"],
  ] as const)("%s", (code, client) => {
    expect(related(found(code, { "clients/shop": client }))).toEqual([
      "its type at rbac/clients/shop.yaml:1:7",
    ]);
  });
});

it("a second client of the policies points at the first, too", () => {
  const client = "type: machine\ngrants: { management: from-policies }\n";
  const files = { "clients/a": client, "clients/b": client };
  expect(related(found("several-policies-clients", files))).toEqual([
    'client "a" at rbac/clients/a.yaml:2:23',
  ]);
});

describe("a clash of names", () => {
  it.each([
    ["role", "roles", ""],
    ["group", "groups", ""],
    ["client", "clients", "type: machine\n"],
  ])("of %ss points at the other's name, too", (kind, folder, rest) => {
    const files = { [`${folder}/a`]: `name: Same\n${rest}`, [`${folder}/b`]: `name: Same\n${rest}` };
    expect(related(found("duplicate-name", files))).toEqual([
      `name of ${kind} "a" at rbac/${folder}/a.yaml:1:7`,
    ]);
  });
});

describe("a clash of former keys", () => {
  it.each([
    ["API", "apis", "identifier: urn:KEY\n"],
    ["role", "roles", ""],
    ["group", "groups", ""],
    ["client", "clients", "type: machine\n"],
  ])("of %ss points at whoever has it, too", (kind, folder, rest) => {
    const file = (key: string) => `formerly: [old]\n${rest.replace("KEY", key)}`;
    const findings = found("duplicate-former-key", {
      [`${folder}/a`]: file("a"),
      [`${folder}/b`]: file("b"),
    });
    expect(findings.map(({ message }) => message)).toEqual([
      `${kind} "b" was formerly "old", and so was ${kind} "a" (rbac/${folder}/a.yaml:1:12)`,
    ]);
    expect(related(findings)).toEqual([`${kind} "a" at rbac/${folder}/a.yaml:1:12`]);
  });
});

it("permissions that a law keeps apart point at the law, too", () => {
  const files = {
    "apis/orders": "identifier: urn:orders\nscopes:\n  ship:orders: Ship\n  refund:orders: Refund\n",
    "roles/both": "permissions:\n  orders: [ship:orders, refund:orders]\n",
    guardrails:
      "separate:\n  - { name: Two people, permissions: [orders/ship:orders, orders/refund:orders] }\n",
  };
  expect(related(found("separated-permissions", files))).toContain("kept apart at rbac/guardrails.yaml:2:13");
});
