import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { bundle, loadFlows } from "../../src/bundle/index.ts";
import { model as accessModel, role } from "../support/models.ts";
import { checkout } from "./checkout.ts";

const model = accessModel({ roles: [role("customer", [], { name: "Customer" })] });

function bundlesOf(files: Readonly<Record<string, string>>) {
  const root = checkout(files);
  const flows = loadFlows(root);
  if (flows.diagnostics.length > 0) throw new Error(JSON.stringify(flows.diagnostics));
  return bundle(root, flows.value, model);
}

/** A login flow with one policy that has this text. */
const login = (own: string) => ({
  "hooks/own.ts": own,
  "hooks/flows.ts": `import { flows } from "#policy";
import own from "./own.ts";
export default flows({ login: [own({})] });`,
});

describe("bundles", () => {
  it("are one hook, rule or action for each flow and lane, in the order of the flows", () => {
    const { value, diagnostics } = bundlesOf({});
    expect(diagnostics).toEqual([]);
    expect(value.map(({ flow, lane }) => `${flow} ${lane}`)).toEqual([
      "postUserRegistration hook",
      "postUserRegistration action",
      "credentialsExchange hook",
      "credentialsExchange action",
      "login rule",
      "login action",
    ]);
  });

  it("are the same bytes in another folder", () => {
    expect(bundlesOf({})).toEqual(bundlesOf({}));
  });

  it("have the hash of their bytes", () => {
    for (const { code, hash } of bundlesOf({}).value) {
      expect(hash).toBe(createHash("sha256").update(code).digest("hex"));
    }
  });

  it("name the values that travel apart", () => {
    const [hook, , exchange, , rule] = bundlesOf({}).value;
    const management = [
      { key: "ROLEBOOK_CLIENT_ID", source: { kind: "policies-client-id" } },
      { key: "ROLEBOOK_CLIENT_SECRET", source: { kind: "policies-client-secret" } },
      { key: "ROLEBOOK_ROLE_CUSTOMER", source: { kind: "role-id", role: "customer" } },
    ];
    const domain = { key: "ROLEBOOK_TENANT_DOMAIN", source: { kind: "tenant-domain" } };
    const namespace = {
      key: "ROLEBOOK_STAGE_CLAIM_NAMESPACE",
      source: { kind: "stage", name: "claimNamespace" },
    };
    expect(hook?.values).toEqual([...management, domain]);
    expect(exchange?.values).toEqual([namespace, domain]);
    expect(rule?.values).toEqual([...management, namespace, domain]);
  });

  it("hold no Management API client if no policy uses it", () => {
    const [rule] = bundlesOf({
      "hooks/flows.ts": `import { flows } from "#policy";
import rolesToTokens from "./roles-to-tokens.ts";
export default flows({ login: [rolesToTokens({ namespace: "https://claims.test/" })] });`,
    }).value;
    expect(rule?.code).not.toContain("oauth/token");
    expect(rule?.values).toEqual([]);
  });

  it("of all shipped logins stay below 25 kB", () => {
    const logins = bundlesOf({}).value.filter(({ flow }) => flow === "login");
    for (const { code } of logins) expect(Buffer.byteLength(code)).toBeLessThan(25_000);
  });

  it("keep a policy's own names apart from what Auth0 calls parameters", () => {
    const { value, diagnostics } = bundlesOf(
      login(`import { policy } from "#policy";
var context = 1, user = 2, callback = 3, module = 4, main = 5;
export default policy({
  name: "own", on: ["login"], settings: {},
  run({ api }) { api.idToken.setCustomClaim("https://claims.test/n", [context, user, callback, module, main]); },
});`),
    );
    expect(diagnostics).toEqual([]);
    expect(value).toHaveLength(2);
  });

  it("take Node's own modules and files beside the policy", () => {
    const { value, diagnostics } = bundlesOf({
      ...login(`import { createHmac } from "node:crypto";
import { policy } from "#policy";
import { key } from "./key.ts";
export default policy({
  name: "own", on: ["login"], settings: {},
  run({ api }) { api.idToken.setCustomClaim("https://claims.test/h", createHmac("sha256", key).digest("hex")); },
});`),
      "hooks/key.ts": 'export const key = "from the file beside";',
    });
    expect(diagnostics).toEqual([]);
    for (const { code } of value) {
      expect(code).toContain('require("node:crypto")');
      expect(code).toContain("from the file beside");
    }
  });
});

describe("bundles that cannot be", () => {
  it("point at the import that nothing resolves", () => {
    const own = `import { policy } from "#policy";
const load = () => import("not-a-package");
export default policy({ name: "own", on: ["login"], settings: {}, async run() { await load(); } });`;
    const { value, diagnostics } = bundlesOf(login(own));
    expect(value).toEqual([]);
    expect(diagnostics[0]).toMatchObject({
      code: "bundle-failed",
      at: { file: "hooks/own.ts", start: { line: 2, column: 27 }, end: { line: 2, column: 42 } },
    });
  });

  it("are refused above Auth0's size", () => {
    const own = `import { policy } from "#policy";
const table = "${"x".repeat(100_000)}";
export default policy({ name: "own", on: ["login"], settings: {}, run() { console.log(table); } });`;
    expect(bundlesOf(login(own)).diagnostics).toMatchObject([
      { code: "bundle-too-large", at: { file: "hooks/flows.ts", start: { line: 3, column: 32 } } },
      { code: "bundle-too-large" },
    ]);
  });

  it("are warned of above 80 % of it", () => {
    const own = `import { policy } from "#policy";
const table = "${"x".repeat(81_000)}";
export default policy({ name: "own", on: ["login"], settings: {}, run() { console.log(table); } });`;
    const { value, diagnostics } = bundlesOf(login(own));
    expect(value).toHaveLength(2);
    const finding = { code: "bundle-large", severity: "warning" };
    expect(diagnostics).toMatchObject([finding, finding]);
  });

  const reader = (count: number, stage: (index: number) => string) => {
    const names = Array.from({ length: count }, (_, index) => index);
    return {
      "hooks/own.ts": `import { policy, text } from "#policy";
export default policy({
  name: "own", on: ["postUserRegistration"], settings: { ${names.map((n) => `s${n}: text()`)} }, run() {},
});`,
      "hooks/flows.ts": `import { flows, stage } from "#policy";
import own from "./own.ts";
export default flows({ postUserRegistration: [own({ ${names.map((n) => `s${n}: stage("${stage(n)}")`)} })] });`,
    };
  };

  it.each([
    [20, []],
    [21, ["hook"]],
    [31, ["hook", "action"]],
  ])("are refused above the number of secrets: %i values", (count, refused) => {
    const { diagnostics } = bundlesOf(reader(count, (index) => `value${index}`));
    expect(diagnostics.map(({ code }) => code)).toEqual(refused.map(() => "limit-exceeded"));
    expect(diagnostics.map(({ message }) => message.split(" ")[1])).toEqual(refused);
  });

  it("are refused if two values would have one key", () => {
    const { diagnostics } = bundlesOf(reader(2, (index) => ["sellerApi", "seller_api"][index] ?? ""));
    expect(diagnostics.map(({ code }) => code)).toEqual(["duplicate-name", "duplicate-name"]);
  });
});
