import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { estateWithPolicies, type Files } from "../support/small-estate.ts";
import { type Run, Workspace } from "../support/workspace.ts";

let workspace: Workspace;
let restore: () => void;
let applied: unknown;

beforeAll(async () => {
  workspace = await Workspace.create({ estate: estateWithPolicies });
  await workspace.apply();
  applied = workspace.tenant.snapshot();
  restore = workspace.keep();
});
afterAll(() => workspace.close());
beforeEach(() => restore());

/** What a run that has to fail says is wrong; it calls nothing of the tenant, plans nothing and shows no stack trace. */
async function refusalOf(run: () => Promise<Run>): Promise<string> {
  let refused: Run | undefined;
  expect(
    await workspace.calls(async () => {
      refused = await run();
    }),
  ).toEqual([]);
  const { exitCode = 0, output = "", diagnostics = "" } = refused ?? {};
  expect(exitCode).toBe(1);
  expect(output).toMatch(/Resources:\n {4}1 unchanged\n {4}1 errored\n/);
  expect(output).not.toMatch(/^ +at |unhandled exception/m);
  expect(workspace.tenant.snapshot()).toEqual(applied);
  return diagnostics;
}

const placesIn = (diagnostics: string) =>
  [...diagnostics.matchAll(/(\S+:\d+:\d+) error ([\w-]+): /g)].map(([, place, code]) => `${place} ${code}`);

const wrong: Files = {
  "rbac/apis/orders.yaml": `identifier: https://orders.\${domain}/
tokenLifetme: 1h
scopes:
  read:own-orders: See one's own orders
  create:own-orders: Place an order for oneself
  read:own-orders: See them again
`,
  "rbac/apis/billing.yaml": "identifier: https://orders.${domain}/\nscopes:\n  read:bills: See bills\n",
  "rbac/apis/empty.yaml": "",
  "rbac/apis/places.yaml": "identifier: https://places.${domian}/\nscopes: {}\n",
  "rbac/apis/torn.yaml": "identifier: [https://torn.${domain}/\nscopes:\n",
  "rbac/roles/all.yaml": "permissions: all\n",
  "rbac/roles/circle.yaml": "includes: [square]\n",
  "rbac/roles/customer.yaml": `name: Customer
includes: [custmer]
permissions:
  billing: [read:bill]
  order: [read:own-orders]
`,
  "rbac/roles/square.yaml": "includes: [circle]\n",
  "rbac/roles/twice.yaml": "permissions:\n  billing: [read:bills, read:bills]\n",
  "hooks/flows.ts": `import { flows } from "#policy";
import assignDefaultRole from "./assign-default-role.ts";
import rolesToTokens from "./roles-to-tokens.ts";

export default flows({
  postUserRegistration: [rolesToTokens({ namespace: "https://claims.example.test/" })],
  login: [assignDefaultRole({ role: "custmer" })],
});
`,
};

describe("an estate that is wrong in many places", () => {
  const places = [
    "hooks/flows.ts:6:26 policy-wrong-flow",
    "hooks/flows.ts:7:37 unknown-role",
    "rbac/apis/empty.yaml:1:1 empty-file",
    "rbac/apis/orders.yaml:1:13 duplicate-identifier",
    "rbac/apis/orders.yaml:2:1 unknown-key",
    "rbac/apis/orders.yaml:6:3 duplicate-key",
    "rbac/apis/places.yaml:1:28 unknown-stage-value",
    "rbac/apis/torn.yaml:1:28 syntax",
    "rbac/roles/all.yaml:1:14 wrong-type",
    "rbac/roles/circle.yaml:1:12 include-cycle",
    "rbac/roles/customer.yaml:2:12 unknown-role",
    "rbac/roles/customer.yaml:4:13 unknown-scope",
    "rbac/roles/customer.yaml:5:3 unknown-api",
    "rbac/roles/twice.yaml:2:25 duplicate-scope",
  ];

  beforeEach(() => {
    for (const [path, text] of Object.entries(wrong)) workspace.write(path, text);
  });

  it("is refused by the preview with all of them at their places, and with suggestions", async () => {
    const diagnostics = await refusalOf(() => workspace.preview());
    expect(placesIn(diagnostics)).toEqual(places);
    for (const suggested of ["customer", "read:bills", "orders", "tokenLifetime", "domain"])
      expect(diagnostics).toContain(`did you mean "${suggested}"?`);
  });

  it("is refused the same by an up without a preview", async () => {
    expect(placesIn(await refusalOf(() => workspace.up()))).toEqual(places);
  });
});

describe("a stack without a stage value", () => {
  it("is refused before the program runs", async () => {
    workspace.replace("Pulumi.dev.yaml", "  rolebook:domain: example.test\n", "");
    const calls = await workspace.calls(async () => {
      const { exitCode, output } = await workspace.up();
      expect(exitCode).toBe(1);
      expect(output).toContain("Stack 'dev' is missing configuration value 'domain'");
    });
    expect(calls).toEqual([]);
  });
});

describe("a stack that is bound to no tenant", () => {
  it("is refused with the command that binds it", async () => {
    workspace.replace("Pulumi.dev.yaml", `  auth0:domain: ${workspace.tenant.domain}\n`, "");
    expect(await refusalOf(() => workspace.up())).toContain(
      'configuration "auth0:domain" is not set; run "pulumi config set auth0:domain <domain>"',
    );
  });
});

/** Adds a line at the end of a policy, which runs when the policy is loaded, and tells which one it is. */
function addToPolicy(line: string): number {
  const text = `${workspace.read("hooks/roles-to-tokens.ts").trimEnd()}\n${line}`;
  workspace.write("hooks/roles-to-tokens.ts", `${text}\n`);
  return text.split("\n").length;
}

describe("a policy that cannot be loaded deletes nothing when it", () => {
  it("throws", async () => {
    const line = addToPolicy('throw new TypeError("no such luck");');
    const diagnostics = await refusalOf(() => workspace.up());
    expect(placesIn(diagnostics)).toEqual([`hooks/roles-to-tokens.ts:${line}:7 policy-load-failed`]);
    expect(diagnostics).toContain("no such luck");
  });

  it("waits for what never happens", async () => {
    addToPolicy("await new Promise(() => {});");
    const diagnostics = await refusalOf(() => workspace.up());
    expect(placesIn(diagnostics)).toEqual([expect.stringContaining("roles-to-tokens.ts")]);
  });

  it("ends the process with success", async () => {
    addToPolicy("process.exit(0);");
    expect(await refusalOf(() => workspace.up())).toContain("ended before it had declared everything");
  });
});

describe("a program that is changed to fall into a trap deletes nothing when it", () => {
  it("waits for a promise that never settles", async () => {
    workspace.replace("index.ts", "const estate = ", "await new Promise(() => {});\nconst estate = ");
    expect(await refusalOf(() => workspace.up())).toContain("ended before it had declared everything");
  });

  it("logs an error and does not throw it", async () => {
    workspace.write(
      "index.ts",
      `import * as pulumi from "@pulumi/pulumi";
import { finish } from "./src/declare/early-end.ts";
pulumi.log.error("something is wrong");
if (!pulumi.log.hasErrors()) finish();
`,
    );
    expect(await refusalOf(() => workspace.up())).toContain("something is wrong");
  });
});
