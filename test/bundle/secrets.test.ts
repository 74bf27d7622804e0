import { describe, expect, it } from "vitest";
import { loadFlows } from "../../src/bundle/index.ts";
import { secretIn } from "../../src/bundle/safety/secrets.ts";
import { formatDiagnostics } from "../../src/report/text.ts";
import { checkout } from "./checkout.ts";
import { findings, ownPolicy } from "./findings.ts";

// In pieces: scanners for secrets take them for real.
const hex = "9f86d081884c7d65" + "9a2feaa0c55ad015";
const random = "q7Zp2XvB9kLm4TnR8sWc" + "3YdF6hJ1gKa5QeUo0iPx";
const jwt = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0In0", "dozjgNryP4J3jVmNHl0w"].join(".");

describe("a text", () => {
  it.each([
    ["a private key", "-----BEGIN RSA PRIVATE" + " KEY-----\nMIIE"],
    ["a private key", "-----BEGIN PRIVATE" + " KEY-----\nMIIE"],
    ["a key of AWS", "AKIA" + "IOSFODNN7EXAMPLE"],
    ["a token of GitHub", `ghp_${"a1B2".repeat(9)}`],
    ["a token of GitHub", `github_pat_${"a1B2".repeat(12)}`],
    ["a token of GitLab", `glpat-${"a1B2".repeat(5)}`],
    ["a key of Stripe", `sk_live_${"a1B2".repeat(6)}`],
    ["a key of Stripe", `whsec_${"a1B2".repeat(6)}`],
    ["a token of Slack", "xoxb-" + "123456789012-abcdef"],
    ["a token of Slack", "https://hooks.slack.com/services/" + "T0/B0/abc"],
    ["a key of Google", `AIza${"a1B2-".repeat(7)}`],
    ["a key of Google", `GOCSPX-${"a1B2-".repeat(5)}`],
    ["a key of SendGrid", `SG.${"a1B2".repeat(5)}.${"a1B2".repeat(10)}`],
    ["a token of npm", `npm_${"a1B2".repeat(9)}`],
    ["a token", jwt],
    ["a token", `Bearer ${jwt}`],
    ["a URL with a password", "postgres://app:" + "hunter2@db.example.com/users"],
    ["a random key", hex],
    ["a random key", hex.toUpperCase()],
    ["a random key", random],
    ["a random key", `Basic ${random}==`],
    ["a random key", random + random.split("").reverse().join("")],
  ])("that looks like %s is a secret: %#", (what, text) => {
    expect(secretIn(text)).toBe(what);
  });

  it.each([
    ["emailHashKey", "hunter22hunter"],
    ["password", "Pa55word!"],
    ["password", "correct!horse"],
    ["client_secret", "s3cr3tvalue"],
    ["API_KEY", "0b5c7a6e-7d6f-4b57-9c0d-1f0a6f2f7f11"],
    ["accessToken", "abc123def456"],
  ])("is a secret if it is mixed and called %s", (name, text) => {
    expect(secretIn(text, name)).toBe(`a value for "${name}"`);
  });

  it.each([
    "https://shop.example.com/claims/",
    "https://login.example.com/Api2/Services/CustomerRegistration/v1/Users/ByName",
    "https://example.com/?state=abc123&next=%2Fhome",
    "support-agent",
    "a-kebab-case-name-with-many-words-that-goes-on-and-on-2027",
    "application/x-www-form-urlencoded",
    "urn:ietf:params:oauth:grant-type:client_credentials",
    "0b5c7a6e-7d6f-4b57-9c0d-1f0a6f2f7f11",
    "auth0|5f7c8ec7c33c6c004bbafe82",
    "con_0a1B2c3D4e5F6g7H",
    "q7Zp2XvB9kLm4TnR8sWc3YdF6hJ1gKa5", // as long as the id of a client
    "createInvoiceForCustomerWithoutAnyOpenOrders2027",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    "00000000000000000000000000000000",
    "2027-03-01T00:00:00.000Z",
    "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU1LfVLPHCozMxH2Mo",
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
    "This application is for addresses of its company and partners only, since 2027",
  ])("is none if it is %s", (text) => {
    expect(secretIn(text)).toBeUndefined();
  });

  it.each([
    ["key", "app_metadata"],
    ["token", "access_token"],
    ["cacheKey", "users:v2"],
    ["tokenKey", "x-api-version-2"],
    ["secret", "Enter your secret!"],
    ["password", "required"],
    ["token", "https://token.example.com/v2/now"],
    ["key", "sha256"],
    ["keyName", "abc123def456"],
  ])("is none if it is called %s and is %s", (name, text) => {
    expect(secretIn(text, name)).toBeUndefined();
  });
});

describe("a secret in hooks/", () => {
  const policy = (line: string) => `import { policy } from "#policy";
${line}
export default policy({ name: "own", on: ["login"], settings: {}, run() {} });`;

  it.each([
    ["a constant", `const x = "${random}";`, "11-53"],
    ["a template", `const x = \`Bearer ${random}\${1}\`;`, "11-64"],
    ["a default", 'const f = ({ password = "Pa55word!" }) => password;', "25-36"],
    ["an assignment", 'const o = {}; o.clientSecret = "Pa55word!";', "32-43"],
    ["a class", 'class C { token = "Pa55word!"; }', "19-30"],
  ])("is refused in %s", (_, line, columns) => {
    expect(findings(ownPolicy(policy(line)))).toEqual([`policy-secret-literal hooks/own.ts:2:${columns}`]);
  });

  it("is refused in a setting, and its line is not shown", () => {
    const text = `import { flows, stage } from "#policy";
import enrichSeller from "./enrich-seller.ts";
export default flows({
  login: [
    enrichSeller({ url: "https://a.test/", namespace: stage("claimNamespace"), emailHashKey: "hunter22hunter" }),
  ],
});`;
    const { value, diagnostics } = loadFlows(checkout({ "hooks/flows.ts": text }));
    expect(value.flows).toEqual([]);
    expect(formatDiagnostics(diagnostics, [{ path: "hooks/flows.ts", text }], { color: false })).toBe(
      `hooks/flows.ts:5:94 error policy-secret-literal: "hooks/flows.ts" holds a text that looks like a value for "emailHashKey"
help: give it as secret("…"), and set it with "pulumi config set --secret"; if it was committed, change it where it is from`,
    );
  });

  it("keeps other findings, which might show it, to themselves", () => {
    const text = policy(`eval("${random}");`);
    expect(findings(ownPolicy(text))).toEqual(["policy-secret-literal hooks/own.ts:2:6-48"]);
  });

  it("is none in a comment, nor where another text only has a name like it", () => {
    const text = policy(`// ${hex}
const secretName = "seller-key"; const publicKey = secretName;`);
    expect(findings(ownPolicy(text))).toEqual([]);
  });
});
