import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadFlows } from "../../src/bundle/index.ts";
import { parse, resolve } from "../../src/compile/index.ts";
import { renderLock } from "../../src/lock/index.ts";
import type { EffectivePermission } from "../../src/model/access-model.ts";
import { hasErrors } from "../../src/model/diagnostic.ts";
import type { ApiKey, GroupKey, RoleKey, ScopeValue } from "../../src/model/names.ts";
import type { SourceFile } from "../../src/model/source.ts";
import { group, model, role } from "../support/models.ts";
import { root, shippedSources } from "../support/shipped.ts";
import { factsIn, grantsIn } from "./read-lock.ts";
import { type Manner, rewritten } from "./rewritten.ts";

const key = fc.stringMatching(/^[a-z][a-z0-9]{0,4}(-[a-z0-9]{1,3})?$/);
const scope = fc.string({ unit: "binary", minLength: 1, maxLength: 8 }).filter((text) => !/[\s*]/.test(text));
/** Permissions of one holder, with names of any kind. */
const permissions: fc.Arbitrary<readonly EffectivePermission[]> = fc.uniqueArray(
  fc.record({
    api: key.map((text) => text as ApiKey),
    scope: scope.map((text) => text as ScopeValue),
    via: fc.uniqueArray(
      key.map((text) => text as RoleKey),
      { minLength: 1, maxLength: 3 },
    ),
  }),
  { selector: ({ api, scope }) => `${api}/${scope}`, maxLength: 5 },
);
const holders = fc.dictionary(key, permissions, { maxKeys: 3 });

/** One text for each permission of each holder, with who gives it: the grants as they should be read. */
function said(
  kind: string,
  given: Readonly<Record<string, readonly EffectivePermission[]>>,
): readonly string[] {
  return Object.entries(given).flatMap(([holder, list]) =>
    list.map(({ api, scope, via }) => JSON.stringify([`${kind} ${holder}`, api, scope, via.toSorted()])),
  );
}

describe("the lock of any access", () => {
  it("is sorted, has no line twice, and says the grants there are and no others", () => {
    const law = fc.property(holders, holders, fc.string({ unit: "binary" }), (roles, groups, name) => {
      const lock = renderLock(
        model({
          roles: Object.entries(roles).map(([each, list]) => role(each, [], { name, permissions: list })),
          groups: Object.entries(groups).map(([each, list]) => {
            const inGroup = list.map((given) => ({ ...given, groups: [each as GroupKey] }));
            return group(each, [], { effective: { roles: [], permissions: inGroup } });
          }),
        }),
      );
      const facts = factsIn(lock);
      expect(facts).toEqual([...new Set(facts)].sort());
      const read = grantsIn(lock).map(({ holder, api, scope, via }) =>
        JSON.stringify([holder, api, scope, via.toSorted()]),
      );
      expect(read.toSorted()).toEqual([...said("role", roles), ...said("group", groups)].toSorted());
    });
    fc.assert(law);
  });
});

const { value: flows } = loadFlows(root);

function lockOf(files: readonly SourceFile[]): string {
  const parsed = parse(files);
  const resolved = resolve(parsed.value, flows, parsed.value.stacks);
  expect(hasErrors([...parsed.diagnostics, ...resolved.diagnostics])).toBe(false);
  return renderLock(resolved.value);
}

const manner: fc.Arbitrary<Manner> = fc.record({
  collectionStyle: fc.constantFrom("block", "flow"),
  defaultStringType: fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE"),
  indent: fc.integer({ min: 1, max: 8 }),
  lineEnd: fc.constantFrom("\n", "\r\n"),
  comment: fc.string().map((text) => text.replaceAll(/\s/g, " ")),
  seed: fc.nat(),
});

describe("the lock of the example estate", () => {
  const sources = shippedSources();
  const lock = lockOf(sources);

  it("is the same in whatever order, layout and with whatever comments it is declared", () => {
    const law = fc.property(manner, fc.boolean(), (manners, isBackwards) => {
      const files = sources.map((each) => rewritten(each, manners));
      expect(lockOf(isBackwards ? files.toReversed() : files)).toBe(lock);
    });
    fc.assert(law, { numRuns: 50 });
  });

  it("changes under a new name in the lines that have the name, and in nothing else", () => {
    const renamed = sources.map(({ path, text }) =>
      path === "rbac/roles/accountant.yaml"
        ? { path: "rbac/roles/bookkeeper.yaml", text: `${text}formerly: [accountant]\n` }
        : { path, text: text.replaceAll(/\baccountant\b/g, "bookkeeper") },
    );
    const facts = factsIn(lockOf(renamed));
    expect(facts).toEqual(
      factsIn(lock)
        .map((fact) => fact.replaceAll(/\baccountant\b/g, "bookkeeper"))
        .toSorted(),
    );
    const changed = facts.filter((fact) => !lock.includes(`${fact}\n`));
    expect(changed.filter((fact) => !fact.includes("bookkeeper"))).toEqual([]);
    expect(changed.length).toBeLessThan(facts.length / 2);
  });
});
