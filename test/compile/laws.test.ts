import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, resolve } from "../../src/compile/index.ts";

const scopes = ["read:orders", "update:orders", "refund:orders", "read:bills", "void:bills"];
const roles = ["a", "b", "c", "d", "e", "f"];
const groups = ["g", "h", "i", "j"];

type Links = Readonly<Record<string, readonly string[]>>;

/** Some of the names for each of the keys, cycles included. */
const links = (keys: readonly string[], names: readonly string[]): fc.Arbitrary<Links> =>
  fc.record(Object.fromEntries(keys.map((key) => [key, fc.subarray([...names], { maxLength: 3 })])));

const estates: fc.Arbitrary<Estate> = fc.record({
  gives: links(roles, scopes),
  includes: links(roles, roles),
  has: links(groups, roles),
  within: links(groups, groups),
});

interface Estate {
  readonly gives: Links;
  readonly includes: Links;
  readonly has: Links;
  readonly within: Links;
}

const named = (links: Links, key: string) => links[key] ?? [];

function modelOf({ gives, includes, has, within }: Estate) {
  const files = [
    {
      path: "rbac/apis/shop.yaml",
      text: `identifier: urn:shop\nscopes:\n${scopes.map((scope) => `  ${scope}: Do it\n`).join("")}`,
    },
    ...roles.map((key) => ({
      path: `rbac/roles/${key}.yaml`,
      text: `includes: [${named(includes, key).join(", ")}]\npermissions: { shop: ["${named(gives, key).join('", "')}"] }\n`.replace(
        '[""]',
        "[]",
      ),
    })),
    ...groups.map((key) => ({
      path: `rbac/groups/${key}.yaml`,
      text: `roles: [${named(has, key).join(", ")}]\nwithin: [${named(within, key).join(", ")}]\n`,
    })),
  ];
  return resolve(parse(files).value, { flows: [] }, []).value;
}

/** All that can be reached, step by step until nothing new comes: slow, and too simple to be wrong. */
function reached(start: string, next: Links): readonly string[] {
  let all = [start];
  for (const _ of Object.keys(next))
    all = [...new Set([...all, ...all.flatMap((each) => named(next, each))])];
  return all;
}

const sorted = (items: Iterable<string>) => [...new Set(items)].sort();

describe("effective permissions of any estate", () => {
  it("of a role are the union over all that it includes, each with those that name it", () => {
    fc.assert(
      fc.property(estates, (estate) => {
        for (const role of modelOf(estate).roles) {
          const givers = reached(role.key, estate.includes);
          const expected = sorted(givers.flatMap((each) => named(estate.gives, each))).map((scope) => ({
            api: "shop",
            scope,
            via: sorted(givers.filter((each) => named(estate.gives, each).some((own) => own === scope))),
          }));
          expect(role.permissions).toEqual(expected);
        }
      }),
    );
  });

  it("of a group are the union over the roles of all around it, each with the groups that give them", () => {
    fc.assert(
      fc.property(estates, (estate) => {
        const model = modelOf(estate);
        const permissionsOf = (key: string) =>
          model.roles.find((role) => role.key === key)?.permissions ?? [];
        for (const { key, effective } of model.groups) {
          const around = reached(key, estate.within);
          const given = around.flatMap((group) => named(estate.has, group).map((role) => ({ group, role })));
          expect(effective.roles).toEqual(
            sorted(given.map(({ role }) => role)).map((role) => ({
              role,
              via: sorted(given.filter((each) => each.role === role).map(({ group }) => group)),
            })),
          );
          const permissions = given.flatMap(({ group, role }) =>
            permissionsOf(role).map((permission) => ({ group, ...permission })),
          );
          expect(effective.permissions).toEqual(
            sorted(permissions.map(({ scope }) => scope)).map((scope) => {
              const giving = permissions.filter((each) => each.scope === scope);
              return {
                api: "shop",
                scope,
                via: sorted(giving.flatMap(({ via }) => via)),
                groups: sorted(giving.map(({ group }) => group)),
              };
            }),
          );
        }
      }),
    );
  });
});
