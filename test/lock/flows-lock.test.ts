import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { policySources } from "../../src/bundle/index.ts";
import { readFlowsLock, renderFlowsLock } from "../../src/lock/index.ts";
import type { SettingValue } from "../../src/model/flows.ts";
import type { RecordedFlows } from "../../src/model/recorded-flows.ts";
import { startOf } from "../../src/model/source.ts";
import { loginFlow } from "../support/models.ts";
import { root } from "../support/shipped.ts";

const path = "hooks/flows.lock";
const text = fc.string({ unit: "binary", minLength: 1, maxLength: 12 });
const name = fc.stringMatching(/^[a-z]{1,8}$/);
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const value: fc.Arbitrary<SettingValue> = fc.oneof(
  fc.jsonValue().map((json) => ({ kind: "literal" as const, value: JSON.parse(JSON.stringify(json)) })),
  name.map((each) => ({ kind: "stage" as const, name: each, form: "url" as const })),
  name.map((each) => ({ kind: "stage" as const, name: each })),
  name.map((each) => ({ kind: "secret" as const, name: each })),
  name.map((role) => ({ kind: "role" as const, role })),
  fc.array(name, { maxLength: 3 }).map((roles) => ({ kind: "role-names" as const, roles })),
  fc.constant({ kind: "table" as const, table: "groups" as const }),
);

const flows: fc.Arbitrary<RecordedFlows> = fc
  .record({
    policies: fc.array(
      fc.record({
        policy: name,
        file: text,
        imports: fc.array(text, { maxLength: 2 }),
        hosts: fc.uniqueArray(text, { maxLength: 2 }).map((all) => all.sort()),
        settings: fc.array(fc.record({ name: text, value }), { maxLength: 3 }),
        provides: fc.array(text, { maxLength: 2 }),
        callsUrls: fc.boolean(),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    before: fc.array(text, { maxLength: 2 }),
    hash,
    file: text,
  })
  .map(({ policies, before, hash: digest, file }) => ({
    flows: [
      {
        name: "login",
        externalActions: { before, after: [] },
        steps: policies.map(({ settings, ...step }) => ({
          at: startOf(path),
          uses: ["users.roles.assign" as const],
          grants: settings.slice(0, 1).map((each) => each.name),
          enforces: ["allowedRoles" as const],
          needs: [],
          wants: [],
          dependencies: [{ name: file, version: "1.2.3" }],
          does: ["deny" as const],
          ...step,
          settings: settings.map((each) => ({ ...each, at: startOf(path) })),
        })),
        bundles: [{ lane: "action", bytes: 12, hash: digest }],
      },
    ],
    sources: [{ file, hash: digest, at: startOf(file) }],
  }));

/** The flows without their places, settings once. */
function facts({ flows: all, sources }: RecordedFlows) {
  return JSON.parse(JSON.stringify({ all, sources }), (key, each) => (key === "at" ? undefined : each));
}

describe("hooks/flows.lock", () => {
  it("says the same to whoever reads it back, whatever names and values hold", () => {
    fc.assert(
      fc.property(flows, (recorded) => {
        const read = readFlowsLock({ path, text: renderFlowsLock(recorded) });
        // Settings of one name are all marked or none: a policy has each once.
        fc.pre(
          recorded.flows.every(({ steps }) =>
            steps.every(
              (step) => new Set(step.settings.map((each) => each.name)).size === step.settings.length,
            ),
          ),
        );
        expect(read.flows && facts(read.flows)).toEqual(facts(recorded));
      }),
    );
  });

  it("of this checkout can be read, and says of each policy what it does", () => {
    const lock = readFileSync(join(root, path), "utf8");
    const { flows: read } = readFlowsLock({ path, text: lock });
    const login = read?.flows.find((flow) => flow.name === "login");
    const does = Object.fromEntries(login?.steps.map(({ policy, does: all }) => [policy, all]) ?? []);
    expect(does["deny-unlisted-roles"]).toEqual(["deny"]);
    expect(does["roles-to-tokens"]).toEqual([]);
    expect(read && renderFlowsLock(read)).toBe(lock);
  });

  it.each([
    ["a fact of a policy that does not run", "flow login  other  does: deny"],
    ["a power that there is not", "flow login  runs: p  hooks/p.ts\nflow login  p  does: everything"],
    ["a flow that there is not", "flow logout  runs: p  hooks/p.ts"],
    ["a hash that is none", "source hooks/p.ts  sha256:0"],
    ["a value that is no JSON", "flow login  runs: p  hooks/p.ts\nflow login  p  setting: a  literal {"],
    ["a conflict of a merge", "<<<<<<< HEAD"],
  ])("is not understood with %s", (_, lines) => {
    expect(readFlowsLock({ path, text: `${lines}\n` })).toEqual({ wrongLine: lines.split("\n").length });
  });
});

describe("what the text of a policy says", () => {
  const sourcesOf = (files: Readonly<Record<string, string>>) =>
    policySources(
      Object.entries(files).map(([file, content]) => ({ path: file, text: content })),
      loginFlow({ policy: "p", file: "hooks/p.ts" }),
    );

  it.each([
    ["api.access.deny('no')", ["deny"]],
    ["const { deny } = api.access; deny('no')", ["deny"]],
    ["api.access?.deny?.('no')", ["deny"]],
    ["api['access']['deny']('no')", ["deny"]],
    ["api.accessToken.removeScope(s); api.authorization.addRole(r)", ["removeScope", "addRole"]],
    ["// it is denied", []],
    ["const denied = true", []],
  ])("of %s it does %j", (content, does) => {
    expect(sourcesOf({ "hooks/p.ts": content }).policies.get("hooks/p.ts")?.does).toEqual(does);
  });

  it("counts what it imports, but for generated files", () => {
    const { policies } = sourcesOf({
      "hooks/p.ts": 'import { x } from "./a.ts";\nimport type { Role } from "./catalogue.ts";',
      "hooks/a.ts": 'import "./deep/b.ts";',
      "hooks/deep/b.ts": "export const no = (api) => api.access.deny('no');",
    });
    expect(policies.get("hooks/p.ts")).toEqual({
      does: ["deny"],
      imports: ["hooks/a.ts", "hooks/deep/b.ts"],
    });
  });
});
