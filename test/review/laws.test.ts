import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ReasonedHolding, whoCan } from "../../src/review/index.ts";
import { declared } from "../support/declared.ts";

const scopes = ["read:it", "list:it", "delete:it"];
const patterns = [...scopes, "*", "*:it", "read:*"];
const lists = fc.uniqueArray(fc.nat({ max: 7 }), { maxLength: 3 });

/** What a role or a group of an estate names: by number, of things that come before it. */
const things = fc.array(fc.record({ others: lists, roles: lists, named: fc.subarray(patterns) }), {
  minLength: 1,
  maxLength: 8,
});

/** The keys of those that come before the thing with the number, so that nothing goes in circles. */
function before(numbers: readonly number[], own: number, kind: string): string {
  return `[${numbers
    .filter((number) => number < own)
    .map((number) => `${kind}-${number}`)
    .join(", ")}]`;
}

const estates = fc.tuple(things, things).map(([roles, groups]) => {
  const files: Record<string, string> = {
    "apis/it": `identifier: urn:it\nscopes: { ${scopes.map((scope) => `"${scope}": It`).join(", ")} }\n`,
  };
  for (const [number, { others, named }] of roles.entries()) {
    const names = named.map((name) => `"${name}"`).join(", ");
    files[`roles/role-${number}`] =
      `includes: ${before(others, number, "role")}\npermissions: { it: [${names}] }\n`;
  }
  for (const [number, { others, roles: given }] of groups.entries()) {
    const own = before(given, roles.length, "role");
    files[`groups/group-${number}`] = `within: ${before(others, number, "group")}\nroles: ${own}\n`;
  }
  return declared(files);
});

/** True if a line of the holder's own gives it: a role's that names the permission, a group's that names a role. */
function hasOwnLine({ reasons }: ReasonedHolding): boolean {
  return reasons.some(({ way: [first] }) => first === undefined || first.does === "has");
}

describe("in any estate", () => {
  it("whatever anybody has is given by a line of his own or by others, as the access model says", () => {
    fc.assert(
      fc.property(estates, ({ model, declarations }) => {
        for (const { holdings } of whoCan("it/*", model, declarations))
          for (const holding of holdings) {
            expect(holding.reasons).not.toEqual([]);
            expect(holding.inherited).toBe(!hasOwnLine(holding));
          }
      }),
      { numRuns: 200 },
    );
  });

  it("nobody has a reason to have what he has not", () => {
    fc.assert(
      fc.property(estates, ({ model, declarations }) => {
        for (const { permission, holdings } of whoCan("it/*", model, declarations)) {
          const having = new Set(holdings.map(({ holder }) => holder.key as string));
          for (const { reasons } of holdings)
            for (const { way, giving } of reasons)
              for (const { key } of [...way.map(({ to }) => to), giving.by])
                expect(having, `${permission.scope} of ${key}`).toContain(key);
        }
      }),
      { numRuns: 200 },
    );
  });
});
