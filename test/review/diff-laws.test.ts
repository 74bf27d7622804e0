import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AccessModel } from "../../src/model/access-model.ts";
import { type Change, diffAccess } from "../../src/review/index.ts";
import { declared } from "../support/declared.ts";

const scopes = ["read:it", "list:it", "delete:it"];
const patterns = [...scopes, "*:it"];
const numbers = fc.uniqueArray(fc.nat({ max: 5 }), { maxLength: 3 });

const estate = fc.record({
  scopes: fc.shuffledSubarray(scopes, { minLength: 1 }),
  roles: fc.array(fc.record({ includes: numbers, named: fc.subarray(patterns, { minLength: 1 }) }), {
    minLength: 1,
    maxLength: 5,
  }),
  groups: fc.array(fc.record({ within: numbers, roles: numbers, stored: fc.boolean() }), { maxLength: 4 }),
  machine: fc.subarray(scopes),
  callbacks: fc.subarray(["https://a.example.com/", "https://b.example.com/"]),
  lifetime: fc.constantFrom("30m", "1h", "24h"),
  never: fc.subarray(["management/delete:*", "management/create:*"]),
});

/** The keys of those that come before the one with the number, so that nothing goes in circles. */
function keys(chosen: readonly number[], before: number, kind: string): string {
  const fitting = new Set(chosen.filter((each) => each < before));
  return `[${[...fitting].map((each) => `${kind}-${each}`).join(", ")}]`;
}

/** An API, a machine and a client that are always there, and what else the recipe says. */
const models = estate.map((made): AccessModel => {
  const fitting = (named: readonly string[]) =>
    named.filter((name) => name.includes("*") || made.scopes.includes(name)).map((name) => `"${name}"`);
  const files: Record<string, string> = {
    "apis/it": `identifier: urn:it\ntokenLifetime: ${made.lifetime}\nscopes: { ${made.scopes.map((each) => `"${each}": It`).join(", ")} }\n`,
    "clients/shop": `type: spa\ncallbacks: ${JSON.stringify(made.callbacks)}\n`,
    "clients/worker": `type: machine\ngrants: { it: [${fitting(made.machine)}] }\n`,
    guardrails: `never: [${made.never.map((law) => `{ permission: "${law}", reason: No }`)}]\n`,
  };
  for (const [index, { includes, named }] of made.roles.entries())
    files[`roles/role-${index}`] =
      `name: Role ${index}\nincludes: ${keys(includes, index, "role")}\npermissions: { it: [${fitting([...named, "*"])}] }\n`;
  for (const [index, { within, roles, stored }] of made.groups.entries())
    files[`groups/group-${index}`] =
      `name: Group ${index}\nwithin: ${keys(within, index, "group")}\nroles: ${keys([...roles, 0], made.roles.length, "role")}\ndelivery: ${stored ? "stored" : "claim"}\n`;
  return declared(files).model;
});

/** Who has what, looked up naively. */
function whoHas({ roles, groups, clients }: AccessModel): ReadonlySet<string> {
  return new Set([
    ...roles.flatMap(({ key, permissions }) =>
      permissions.map(({ api, scope }) => `role ${key} ${api}/${scope}`),
    ),
    ...groups.flatMap(({ key, effective }) =>
      effective.permissions.map(({ api, scope }) => `group ${key} ${api}/${scope}`),
    ),
    ...clients.flatMap(({ key, grants }) =>
      grants.flatMap(({ api, scopes: granted }) => granted.map((scope) => `client ${key} ${api}/${scope}`)),
    ),
  ]);
}

/** Who gains or loses what by the changes, each once. */
function moved(changes: readonly Change[], effect: Change["effect"]): readonly string[] {
  return changes
    .filter((change) => change.kind === "permission" && change.effect === effect)
    .flatMap(({ permission, holders = [] }) =>
      holders.map(({ kind, key }) => `${kind} ${key} ${permission?.api}/${permission?.scope}`),
    );
}

describe("the difference of access models", () => {
  it("is empty for two that give the same", () => {
    fc.assert(
      fc.property(models, (model) => {
        expect(diffAccess(model, model)).toEqual([]);
      }),
    );
  });

  it("names everybody who gains or loses a permission once, and nobody else", () => {
    fc.assert(
      fc.property(models, models, (base, head) => {
        const changes = diffAccess(base, head);
        const [then, now] = [whoHas(base), whoHas(head)];
        expect(moved(changes, "wider").toSorted()).toEqual(
          [...now].filter((each) => !then.has(each)).toSorted(),
        );
        expect(moved(changes, "narrower").toSorted()).toEqual(
          [...then].filter((each) => !now.has(each)).toSorted(),
        );
      }),
    );
  });

  it("goes the other way round where base and head are exchanged", () => {
    const kinds = ["permission", "claim", "group-role", "callback", "token-lifetime", "guardrail"];
    const count = (changes: readonly Change[], effect: Change["effect"]) =>
      changes
        .filter((each) => each.effect === effect && kinds.includes(each.kind))
        .flatMap(({ kind, permission, holders = [""] }) =>
          holders.map((holder) => JSON.stringify([kind, permission, holder])),
        )
        .toSorted();
    fc.assert(
      fc.property(models, models, (base, head) => {
        const [there, back] = [diffAccess(base, head), diffAccess(head, base)];
        expect(count(there, "wider")).toEqual(count(back, "narrower"));
        expect(count(there, "narrower")).toEqual(count(back, "wider"));
      }),
    );
  });

  it("is in the order of danger", () => {
    const effects = ["wider", "flow", "changed", "narrower"];
    const risks = ["high", "medium", "low"];
    fc.assert(
      fc.property(models, models, (base, head) => {
        const places = diffAccess(base, head).map(
          ({ effect, risk }) => effects.indexOf(effect) * risks.length + risks.indexOf(risk),
        );
        expect(places).toEqual(places.toSorted((a, b) => a - b));
      }),
    );
  });
});
