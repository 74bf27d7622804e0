import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { root } from "../support/shipped.ts";

const key = new TextEncoder().encode("a key that no tenant has, of some length");
const now = Math.floor(Date.now() / 1000);
const common = { iss: "https://localhost:8443/", sub: "auth0|5f", iat: now - 60, exp: now + 3600 };
const ours = "https://claims.example.test/";
const access = {
  ...common,
  aud: ["https://billing.example.test/", "https://localhost:8443/userinfo"],
  azp: "aClient",
  scope: "openid",
  permissions: ["read:own-invoices"],
  [`${ours}roles`]: ["Customer"],
  [`${ours}groups`]: [],
};

const jwt = (claims: object) => new SignJWT({ ...claims }).setProtectedHeader({ alg: "HS256" }).sign(key);

/** Explains what is given on standard input. */
function explain(input: string, ...args: readonly string[]) {
  const command = [join(root, "src/cli/main.ts"), "explain-token", "-", ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: root,
    input,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

async function explained(claims: object, ...args: readonly string[]) {
  const token = await jwt(claims);
  const { status, stdout, stderr } = explain(`Bearer ${token}\n`, "--format", "json", ...args);
  expect(stdout).not.toContain(token.split(".")[2]);
  expect(stderr).toBe("");
  return { status, ...JSON.parse(stdout) };
}

describe("rolebook explain-token", () => {
  it("says who makes each claim, and which line gives each permission", async () => {
    const { status, claims, permissions, stack, api, isSigned, findings } = await explained(access);
    expect({ status, stack, api, isSigned, findings }).toEqual({
      status: 0,
      stack: "dev",
      api: "billing",
      isSigned: undefined,
      findings: [],
    });
    expect(claims).toContainEqual({
      name: `${ours}roles`,
      value: ["Customer"],
      by: "policy",
      says: "roles-to-tokens (hooks/roles-to-tokens.ts)",
    });
    expect(claims).toContainEqual({
      name: "azp",
      value: "aClient",
      by: "Auth0",
      says: "the client that asked",
    });
    expect(permissions).toMatchObject([
      {
        permission: "read:own-invoices",
        sources: [{ holder: "role Customer", at: { file: "rbac/roles/customer.yaml" } }],
      },
    ]);
  });

  it("takes permissions of a group's role for missing with a reason, and nothing to look at", async () => {
    const { status, missing } = await explained({ ...access, [`${ours}roles`]: ["Customer", "Accountant"] });
    expect(status).toBe(0);
    expect(missing).toMatchObject([
      {
        role: "Accountant",
        permissions: ["create:invoices", "read:invoices", "update:invoices"],
        isExpected: true,
      },
    ]);
    expect(missing[0].why).toContain("Auth0 does not store it");
  });

  it("ends with 1 where a stored role's permissions or a policy's claim are missing, and says why", async () => {
    const { [`${ours}groups`]: _, ...withoutGroups } = access;
    const { status, findings } = await explained({ ...withoutGroups, permissions: [] });
    expect(status).toBe(1);
    expect(findings).toEqual([
      expect.stringMatching(/^https:\/\/claims\.example\.test\/groups is missing: roles-to-tokens \(hooks\//),
      expect.stringMatching(/^read:own-invoices of role Customer is missing: .*: log in again$/),
    ]);
  });

  it("names the stack of a token that is of another one, and when it ended", async () => {
    const { status, findings, stack } = await explained(
      {
        ...common,
        iss: "https://example-staging.eu.auth0.com/",
        aud: "https://orders.staging.example.com/",
        azp: "aClient",
        scope: "",
        exp: now - 1,
        permissions: [],
        "https://claims.staging.example.com/roles": [],
        "https://claims.staging.example.com/groups": [],
      },
      "--stack",
      "prod",
    );
    expect({ status, stack }).toEqual({ status: 1, stack: "staging" });
    expect(findings[0]).toBe(
      "it is of stack staging, not of prod: issued by https://example-staging.eu.auth0.com/",
    );
    expect(findings[1]).toMatch(/^it ended 2/);
  });

  it("says of an ID token that it never has permissions", async () => {
    const token = await jwt({
      ...common,
      aud: "aClient",
      nonce: "n",
      [`${ours}roles`]: [],
      [`${ours}groups`]: [],
    });
    const { status, stdout } = explain(token);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ID token\n {2}tells an application .*\n {2}have no permissions\n/);
    expect(stdout).toContain("not verified: there is no tenant here to ask for its keys");
  });

  it.each([
    ["anOpaqueToken", "this is an opaque token: nobody but Auth0 can look into it"],
    ["eyJh.b.c.d.e", 'send "audience" to /authorize for a JWT: https://billing.example.test/'],
    ["a.b.c", "this is no token: it has three parts, but they are not those of a JWT: was it cut off?"],
    ["a.b", "a JWT has three parts with dots between, found 2"],
    ["", "there is no token in what was given"],
    ["{ this is: no token }", "a token has no blanks in it; give it alone"],
  ])("ends with 2 for %j", (input, message) => {
    const { status, stdout, stderr } = explain(input);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});
