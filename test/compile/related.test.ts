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
