import { describe, expect, it } from "vitest";
import { makeEstate, sizes } from "../../bench/estate.ts";
import { parse, resolve } from "../../src/compile/index.ts";
import { flowsForGroups } from "../support/models.ts";
import { shippedSources } from "../support/shipped.ts";

const project = shippedSources().filter(({ path }) => path === "Pulumi.yaml");

/** The access model of an estate, and what is found in it. */
function compile(files: ReadonlyMap<string, string>) {
  const made = [...files].map(([path, text]) => ({ path, text }));
  const parsed = parse([...project, ...made]);
  const { value, diagnostics } = resolve(parsed.value, flowsForGroups, []);
  return { model: value, codes: new Set([...parsed.diagnostics, ...diagnostics].map(({ code }) => code)) };
}

describe.each(sizes)("the $name estate", (size) => {
  const estate = makeEstate(size, 1);

  it("has the size it is said to have, and nothing that is reported", () => {
    const { model, codes } = compile(estate.files);
    // What the policies use, and nobody here gives.
    expect([...codes].filter((code) => code !== "unused-stage-value")).toEqual([]);
    const { apis, roles, groups, clients } = model;
    expect([apis, roles, groups, clients].map(({ length }) => length)).toEqual([
      size.apis,
      size.roles,
      size.groups,
      size.clients,
    ]);
    const own = roles.map(
      ({ key, permissions }) => permissions.filter(({ via }) => via.includes(key)).length,
    );
    expect(new Set(own)).toEqual(new Set([size.permissionsPerRole]));
    const grants = clients.flatMap((client) => client.grants.filter(() => !client.isPoliciesClient));
    expect(grants.length).toBe(size.grants);
  });

  it("is the same for the same seed, and another for another", () => {
    expect(makeEstate(size, 1)).toEqual(estate);
    expect(makeEstate(size, 2)).not.toEqual(estate);
  });
});
