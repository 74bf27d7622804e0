import { describe, expect, it } from "vitest";
import { loadFlows } from "../../src/bundle/index.ts";
import { checkout } from "./checkout.ts";
import { findings, ownPolicy } from "./findings.ts";

const head = `import { flows, stage } from "#policy";
import assignDefaultRole from "./assign-default-role.ts";
import rolesToTokens from "./roles-to-tokens.ts";
`;

const inFlows = (text: string) => findings({ "hooks/flows.ts": head + text });

const inPolicy = (text: string) => findings(ownPolicy(text));

describe("loading flows", () => {
  it("gives the steps of each flow with their settings", () => {
    const { value, diagnostics } = loadFlows(checkout({}));
    expect(diagnostics).toEqual([]);
    const steps = value.flows.map(({ name, steps }) => [
      name,
      steps.map(({ policy, file }) => [policy, file]),
    ]);
    expect(steps).toEqual([
      ["postUserRegistration", [["assign-default-role", "hooks/assign-default-role.ts"]]],
      [
        "credentialsExchange",
        [
          ["narrow-machine-scopes", "hooks/narrow-machine-scopes.ts"],
          ["add-plan-claim", "hooks/add-plan-claim.ts"],
        ],
      ],
      [
        "login",
        [
          ["record-first-login", "hooks/record-first-login.ts"],
          ["groups-to-roles", "hooks/groups-to-roles.ts"],
          ["assign-default-role", "hooks/assign-default-role.ts"],
          ["roles-to-tokens", "hooks/roles-to-tokens.ts"],
          ["deny-unlisted-roles", "hooks/deny-unlisted-roles.ts"],
        ],
      ],
    ]);
    expect(value.flows[2]?.steps[3]?.settings).toMatchObject([
      { name: "groups", value: { kind: "literal", value: true } },
      { name: "namespace", value: { kind: "stage", name: "claimNamespace" } },
      { name: "permissions", value: { kind: "literal" } },
    ]);
  });

  it("places each setting at its value", () => {
    const text = `${head}export default flows({
  login: [
    assignDefaultRole({ role: "customer" }),
  ],
});`;
    const { value } = loadFlows(checkout({ "hooks/flows.ts": text }));
    expect(value.flows[0]?.steps[0]?.settings[0]?.at).toEqual({
      file: "hooks/flows.ts",
      start: { line: 6, column: 31 },
      end: { line: 6, column: 41 },
    });
  });

  it("places settings at the step if they are computed", () => {
    const text = `${head}const given = { role: "customer" } as const;
export default flows({ login: [assignDefaultRole(given)] });`;
    const { value } = loadFlows(checkout({ "hooks/flows.ts": text }));
    expect(value.flows[0]?.steps[0]?.settings[0]?.at.start).toEqual({ line: 5, column: 32 });
  });

  it("takes flows that hold nothing", () => {
    expect(loadFlows(checkout({ "hooks/flows.ts": `${head}export default flows({});` })).value.flows).toEqual(
      [],
    );
  });
});

describe("flows that are wrong", () => {
  it("are refused for a policy in a flow it does not support", () => {
    expect(
      inFlows(
        'export default flows({ postUserRegistration: [rolesToTokens({ namespace: "https://a.test/" })] });',
      ),
    ).toEqual(["policy-wrong-flow hooks/flows.ts:4:47-94"]);
  });

  it("are refused for a policy whose data no policy before it provides", () => {
    const text = (steps: string) => `import { flows } from "#policy";
import groupsToRoles from "./groups-to-roles.ts";
import storeGroupRoles from "./store-group-roles.ts";
export default flows({ login: [${steps}] } as never);`;
    const found = (steps: string) => findings({ "hooks/flows.ts": text(steps) });
    expect(found("groupsToRoles({}), storeGroupRoles({})")).toEqual([]);
    expect(found("storeGroupRoles({}), groupsToRoles({})")).toEqual([
      "policy-missing-data hooks/flows.ts:4:32-51",
    ]);
  });

  it("are refused for data that policies call the same, and that is not", () => {
    const giving = (name: string, list: string, from: string) => `import { data, policy } from "#policy";
import { seller } from "./seller.ts";
const own = data("seller");
export default policy({ name: "${name}", on: ["login"], settings: {}, ${list}: [${from}], run() {} });`;
    const found = (one: string, two: string) =>
      findings({
        "hooks/one.ts": one,
        "hooks/two.ts": two,
        "hooks/flows.ts": `import { flows } from "#policy";
import one from "./one.ts";
import two from "./two.ts";
export default flows({ login: [one({}), two({})] } as never);`,
      });
    const one = giving("one", "provides", "seller");
    expect(found(one, giving("two", "needs", "own"))).toEqual(["duplicate-name hooks/two.ts:4:74-79"]);
    expect(found(one, giving("two", "provides", "own"))).toEqual(["duplicate-name hooks/two.ts:4:77-82"]);
    expect(found(one, giving("two", "provides", "seller"))).toEqual([]);
    expect(found(one, giving("two", "wants", "seller"))).toEqual([]);
  });

  const flowsWith = (steps: string) => `import { external, flows } from "#policy";
import recordFirstLogin from "./record-first-login.ts";
export default flows({ login: [${steps}] });`;

  it("keep actions of others before and behind the policies", () => {
    const text = flowsWith('external("Audit"), recordFirstLogin({}), external("Trace"), external("Send")');
    const { value, diagnostics } = loadFlows(checkout({ "hooks/flows.ts": text }));
    expect(diagnostics).toEqual([]);
    expect(value.flows[0]?.externalActions).toEqual({ before: ["Audit"], after: ["Trace", "Send"] });
  });

  it.each([
    ["between policies", 'recordFirstLogin({}), external("Audit"), recordFirstLogin({})', "54-71"],
    ["twice", 'external("Audit"), recordFirstLogin({}), external("Audit")', "73-90"],
    ["alone", 'external("Audit")', "32-49"],
  ])("are refused for an action of others %s", (_, steps, columns) => {
    expect(findings({ "hooks/flows.ts": flowsWith(steps) })).toEqual([
      `policy-external-action hooks/flows.ts:3:${columns}`,
    ]);
  });

  it.each([
    ["enabled", '"no"', 'true, false or stage("…"); found "no"'],
    ["onError", '"ignore"', '"deny" or "continue"; found "ignore"'],
  ])("are refused for a policy that is given another %s than there is", (name, given, expected) => {
    const text = flowsWith(`recordFirstLogin({ ${name}: ${given} } as never)`);
    expect(loadFlows(checkout({ "hooks/flows.ts": text })).diagnostics).toMatchObject([
      {
        code: "policy-bad-setting",
        message: `setting "${name}" of policy "record-first-login" must be ${expected}`,
        at: { start: { line: 3 } },
      },
    ]);
  });

  it("are refused for a flow there is not, with the one that was meant", () => {
    const root = checkout({ "hooks/flows.ts": `${head}export default flows({ logn: [] });` });
    expect(loadFlows(root).diagnostics).toMatchObject([
      { code: "unknown-key", at: { start: { line: 4, column: 24 } }, help: 'did you mean "login"?' },
    ]);
  });

  it("are refused for a setting the policy has not, and for the one that is missing instead", () => {
    expect(inFlows('export default flows({ login: [assignDefaultRole({ rle: "customer" })] });')).toEqual([
      "unknown-key hooks/flows.ts:4:52-55",
      "policy-bad-setting hooks/flows.ts:4:32-70",
    ]);
  });

  it("are refused for a setting of another type", () => {
    expect(inFlows("export default flows({ login: [assignDefaultRole({ role: 3 })] });")).toEqual([
      "policy-bad-setting hooks/flows.ts:4:58-59",
    ]);
  });

  it.each([
    ["https://acme.eu.auth0.com/"],
    ["https://auth0.com/"],
    ["https://claims.test"],
    ["ftp://claims.test/"],
    ["claims/"],
  ])("are refused for the claim namespace %s", (namespace) => {
    expect(
      inFlows(`export default flows({ login: [rolesToTokens({ namespace: "${namespace}" })] });`),
    ).toEqual([`policy-restricted-claim hooks/flows.ts:4:59-${61 + namespace.length}`]);
  });

  it("take a claim namespace in a domain that only ends like Auth0's", () => {
    expect(
      inFlows('export default flows({ login: [rolesToTokens({ namespace: "https://notauth0.com/" })] });'),
    ).toEqual([]);
  });

  it("are refused for a policy without settings, and for what is no policy", () => {
    expect(inFlows("export default flows({ login: [assignDefaultRole, { } ] });")).toEqual([
      "policy-bad-setting hooks/flows.ts:4:32-49",
      "wrong-type hooks/flows.ts:4:51-54",
    ]);
  });

  it("are refused for a flow that is no list", () => {
    expect(inFlows("export default flows({ login: assignDefaultRole({ role: 'customer' }) });")).toEqual([
      "wrong-type hooks/flows.ts:4:24-29",
    ]);
  });

  it("are refused without a default export", () => {
    expect(inFlows("export const all = flows({});")).toEqual(["policy-load-failed hooks/flows.ts:1:1"]);
  });

  it("are refused for a policy that is not the default export of its file", () => {
    const own = `import { policy } from "#policy";
export const own = policy({ name: "own", on: ["login"], settings: {}, run() {} });`;
    const flows = `import { flows } from "#policy";
import { own } from "./own.ts";
export default flows({ login: [own({})] });`;
    expect(findings({ "hooks/own.ts": own, "hooks/flows.ts": flows })).toEqual([
      "policy-load-failed hooks/flows.ts:3:32-39",
    ]);
  });

  it("are refused as a whole if the file is missing", () => {
    expect(loadFlows("/nowhere").diagnostics).toMatchObject([
      { code: "unreadable-file", at: { file: "hooks/flows.ts" } },
    ]);
  });

  it("are refused at the import that leads nowhere", () => {
    expect(inFlows('import lost from "./lost.ts";\nexport default flows({ login: [lost({})] });')).toEqual([
      "unreadable-file hooks/flows.ts:4:18-29",
    ]);
  });

  it("are refused at the line that imports what there is not", () => {
    expect(inFlows('import { lost } from "./roles-to-tokens.ts";\nexport default flows({});')).toEqual([
      "policy-load-failed hooks/flows.ts:4:10-14",
    ]);
  });
});

describe("a policy that is wrong", () => {
  const policy = (parts: string) => `import { policy } from "#policy";
export default policy({
  name: "own", on: ["login"], settings: {}, run() {},
  ${parts}
});`;

  it("is refused at the line where it throws while loading", () => {
    const text = `import { policy } from "#policy";
const table = JSON.parse("{");
export default policy({ name: "own", on: ["login"], settings: {}, run() {} });`;
    expect(inPolicy(text)).toEqual(["policy-load-failed hooks/own.ts:2:20"]);
  });

  it("is refused in one line, without a stack", () => {
    const own = 'throw new Error("a text\\nof two lines");';
    const flows = 'import own from "./own.ts";\nexport default {};';
    const [found] = loadFlows(checkout({ "hooks/own.ts": own, "hooks/flows.ts": flows })).diagnostics;
    expect(found?.message).toBe('"hooks/own.ts" cannot be loaded: a text');
  });

  it("is refused where it waits while loading", () => {
    expect(inPolicy(`await new Promise(() => {});\n${policy("")}`)).toEqual([
      "policy-load-failed hooks/own.ts:1:1",
    ]);
  });

  it("is refused at its syntax error", () => {
    expect(inPolicy("export default = 3;")).toEqual(["syntax hooks/own.ts:1:16-17"]);
  });

  it("is refused at a name declared twice", () => {
    expect(inPolicy("const a = 1;\nconst a = 2;")).toEqual(["syntax hooks/own.ts:2:7"]);
  });

  it("is refused at TypeScript that Node cannot strip", () => {
    expect(inPolicy("const a = 1;\n  enum Plan { Free }")).toEqual(["syntax hooks/own.ts:2:3-21"]);
  });

  it("is refused for an operation there is not, with the one that was meant", () => {
    const files = {
      "hooks/own.ts": policy('uses: ["users.role.assign"],'),
      "hooks/flows.ts": 'import own from "./own.ts";\nexport default {};',
    };
    expect(loadFlows(checkout(files)).diagnostics).toMatchObject([
      {
        code: "policy-unknown-operation",
        at: { file: "hooks/own.ts", start: { line: 4, column: 10 }, end: { column: 29 } },
        help: 'did you mean "users.roles.assign"?',
      },
    ]);
  });

  it("says what it enforces, and is refused for what nobody promises", () => {
    const flows = `import { flows } from "#policy";
import own from "./own.ts";
export default flows({ login: [own({})] });`;
    const files = { "hooks/own.ts": policy('enforces: ["allowedRoles"],'), "hooks/flows.ts": flows };
    const { value, diagnostics } = loadFlows(checkout(files));
    expect(diagnostics).toEqual([]);
    expect(value.flows[0]?.steps[0]?.enforces).toEqual(["allowedRoles"]);
    expect(inPolicy(policy('enforces: ["allowedRole"],'))).toEqual([
      "policy-load-failed hooks/own.ts:4:14-27",
    ]);
  });

  it("is refused for granting by a setting it has not", () => {
    expect(inPolicy(policy('grants: ["role"],'))).toEqual(["policy-bad-setting hooks/own.ts:4:12-18"]);
  });

  it("is refused for a flow there is not", () => {
    const text = `import { policy } from "#policy";
export default policy({ name: "own", on: ["login", "logout"], settings: {}, run() {} });`;
    expect(inPolicy(text)).toEqual(["policy-wrong-flow hooks/own.ts:2:52-60"]);
  });

  it.each([
    ["a name that is not kebab-case", 'name: "Own Policy", on: ["login"], settings: {}, run() {}'],
    ["no function", 'name: "own", on: ["login"], settings: {}'],
    ["no flow", 'name: "own", on: [], settings: {}, run() {}'],
    ["a setting of no kind", 'name: "own", on: ["login"], settings: { a: "role" }, run() {}'],
    ["operations that are no list", 'name: "own", on: ["login"], settings: {}, uses: "users.get", run() {}'],
    ["hosts that are no list", 'name: "own", on: ["login"], settings: {}, hosts: "a.test", run() {}'],
    ["a host that is no text", 'name: "own", on: ["login"], settings: {}, hosts: [1], run() {}'],
    ["data of no kind", 'name: "own", on: ["login"], settings: {}, provides: ["seller"], run() {}'],
    [
      "data it needs that is no list",
      'name: "own", on: ["login"], settings: {}, needs: { name: "a" }, run() {}',
    ],
    ["data it wants that has no name", 'name: "own", on: ["login"], settings: {}, wants: [{}], run() {}'],
    ["packages that are a list", 'name: "own", on: ["login"], settings: {}, dependencies: ["ms"], run() {}'],
    [
      "a package without version",
      'name: "own", on: ["login"], settings: {}, dependencies: { ms: 2 }, run() {}',
    ],
  ])("is refused for %s", (_, parts) => {
    const text = `import { policy } from "#policy";\nexport default policy({ ${parts} });`;
    expect(inPolicy(text)).toEqual([expect.stringMatching(/^policy-load-failed hooks\/own\.ts:2:/)]);
  });

  it("is refused for a claim that Auth0 drops", () => {
    const text = `import { policy } from "#policy";
export default policy({
  name: "own", on: ["login"], settings: {},
  run({ api }) {
    api.idToken.setCustomClaim("roles", []);
    api.idToken.setCustomClaim("nickname", "x");
  },
});`;
    expect(inPolicy(text)).toEqual(["policy-restricted-claim hooks/own.ts:5:32-39"]);
  });

  it("does not hide what is wrong with others", () => {
    const flows = `import { flows } from "#policy";
import one from "./one.ts";
import two from "./two.ts";
export default flows({ login: [one({}), two({})] });`;
    const files = {
      "hooks/one.ts": "throw new Error();",
      "hooks/two.ts": "null.x;",
      "hooks/flows.ts": flows,
    };
    expect(findings(files)).toEqual([
      "policy-load-failed hooks/one.ts:1:7",
      "policy-load-failed hooks/two.ts:1:6",
    ]);
  });
});
