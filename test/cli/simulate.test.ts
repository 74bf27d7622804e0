import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createTenant } from "../../tenant/index.ts";
import { rolebook, useCopy } from "../support/checkout.ts";
import { root } from "../support/shipped.ts";

const simulate = (...args: readonly string[]) => rolebook("simulate", ...args);
const asJson = (...args: readonly string[]) => JSON.parse(simulate(...args, "--format", "json").stdout);

interface Policy {
  readonly policy: string;
  readonly outcome: string;
  readonly effects: Readonly<Record<string, unknown>>;
  readonly calls: readonly { readonly operation: string; readonly status: number }[];
}
/** Runs beside this process, which has to answer it. */
async function startedIn(cwd: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, [join(root, "src/cli/main.ts"), "simulate", ...args], { cwd });
  const [stdout, [status]] = await Promise.all([text(child.stdout), once(child, "close")]);
  return { status, stdout };
}

const lanes = ["rules-and-hooks", "actions"];

describe.each(lanes)("rolebook simulate, a login with %s", (lane) => {
  let simulated: ReturnType<typeof asJson>;
  beforeAll(() => {
    simulated = asJson(
      "--user",
      "ada@example.test",
      "--client",
      "shop",
      "--audience",
      "orders",
      "--lane",
      lane,
    );
  });

  it("shows what each policy did, in the order of hooks/flows.ts", () => {
    const { flows } = simulated;
    expect(flows).toHaveLength(1);
    const policies: readonly Policy[] = flows[0].policies;
    expect(policies.map(({ policy, outcome }) => `${policy} ${outcome}`)).toEqual([
      "record-first-login done",
      "groups-to-roles done",
      "assign-default-role done",
      "roles-to-tokens done",
      "deny-unlisted-roles done",
    ]);
    expect(policies[2]?.effects).toMatchObject({
      roles: ["Customer"],
      appMetadata: { firstRoleGiven: true },
      accessToken: {},
    });
    expect(
      policies.map(({ calls }) => calls.map(({ operation, status }) => `${operation} ${status}`)),
    ).toEqual([[], [], ["exchangeToken 200", "addUserRoles 204"], [], []]);
  });

  it("says of each claim who set it, and of each permission the line that gives it", () => {
    const { idToken, permissions, roles } = simulated;
    const claim = (name: string) => idToken.find((each: { name: string }) => each.name === name);
    expect(claim("https://claims.example.test/roles")).toMatchObject({
      value: ["Customer"],
      policy: { policy: "roles-to-tokens", file: "hooks/roles-to-tokens.ts" },
    });
    expect(claim("email")).toMatchObject({ value: "ada@example.test", says: "profile, by scope email" });
    expect(permissions[0]).toMatchObject({
      permission: "cancel:own-orders",
      sources: [{ holder: "role Customer", at: { file: "rbac/roles/customer.yaml", start: { line: 6 } } }],
    });
    expect(roles).toEqual([{ role: "Customer", addedBy: "assign-default-role", stored: "meanwhile" }]);
  });
});

describe("rolebook simulate", () => {
  it("shows roles of groups that are in claims only", () => {
    const { roles } = asJson(
      "--user",
      "eve@example.test",
      "--connection",
      "google-oauth2",
      "--roles",
      "support-agent",
      "--groups",
      "finance-leads",
    );
    expect(roles).toEqual([
      { role: "Accountant", addedBy: "groups-to-roles", stored: "no" },
      { role: "Finance Lead", addedBy: "groups-to-roles", stored: "no" },
      { role: "Support Agent", stored: "before" },
    ]);
  });

  it("runs the policies of a registration before those of the login behind it", () => {
    const { flows, roles } = asJson(
      "--user",
      "ada@example.test",
      "--flow",
      "registration",
      "--client",
      "back-office",
    );
    expect(flows.map(({ flow }: { flow: string }) => flow)).toEqual(["postUserRegistration", "login"]);
    expect(roles).toEqual([{ role: "Customer", stored: "meanwhile" }]);
  });

  it("exchanges a machine's credentials, and names the grant behind its permissions", () => {
    const { flows, permissions, user } = asJson("--client", "billing-worker", "--audience", "orders");
    expect(flows.map(({ flow }: { flow: string }) => flow)).toEqual(["credentialsExchange"]);
    expect(user).toBeUndefined();
    expect(permissions).toMatchObject([
      { permission: "read:orders", sources: [{ holder: "client billing-worker" }] },
    ]);
  });

  it("logs in to an organization, with the roles that the user has there", () => {
    const { flows, accessToken } = asJson(
      "--user",
      "ada@example.test",
      "--organization",
      "acme",
      "--roles",
      "support-agent",
    );
    expect(flows[0].policies[2]).toMatchObject({ policy: "assign-default-role", effects: { roles: [] } });
    expect(accessToken).toContainEqual(
      expect.objectContaining({ name: "https://claims.example.test/roles", value: ["Support Agent"] }),
    );
  });

  it("fits a terminal of 80 columns and tells where it runs", () => {
    const { status, stdout, stderr } = simulate("--user", "ada@example.test", "--client", "shop");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("In a new tenant in memory: nothing of yours is");
    const isAddress = (line: string) => line.includes("https://s.gravatar.com/");
    expect(stdout.split("\n").filter((line) => line.length > 80 && !isAddress(line))).toEqual([]);
  });

  it.each([
    [[], "nobody is said to log in"],
    [["--user", "a@b.test", "--client", "shp"], 'did you mean "shop"?'],
    [
      ["--user", "a@b.test", "--client", "shop", "--connection", "gogle-oauth2"],
      'did you mean "google-oauth2"?',
    ],
    [["--user", "a@b.test", "--roles", "custmer"], 'did you mean "customer"?'],
    [["--user", "a@b.test", "--groups", "finanse"], 'did you mean "finance"?'],
    [["--user", "a@b.test", "--audience", "ordrs"], 'did you mean "orders"?'],
    [["--user", "a@b.test", "--stack", "prd"], 'did you mean "prod"?'],
    [
      ["--client", "billing-worker", "--flow", "login"],
      'client "billing-worker" is a machine: nobody logs in to it',
    ],
  ])("ends %j with 2 and the way out", (args, message) => {
    const { status, stdout, stderr } = simulate(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});

describe("rolebook simulate, in a checkout with a running tenant", () => {
  const copy = useCopy(({ write, edit }) => {
    write("Pulumi.dev.yaml", readFileSync(join(root, "Pulumi.dev.yaml"), "utf8"));
    edit("rbac/clients/shop.yaml", (file) => `${file}allowedRoles: [support-agent]\n`);
  });

  it("names the policy that denied, and leaves the tenant's users as they are", async () => {
    const tenant = await createTenant({ stateDir: join(copy().path, ".rolebook/tenant") });
    onTestFinished(() => tenant.close());
    const headers = {
      authorization: `Bearer ${await tenant.managementToken()}`,
      "content-type": "application/json",
    };
    const body = JSON.stringify({
      connection: "Username-Password-Authentication",
      email: "grace@example.test",
      password: "a password that only Grace knows",
      app_metadata: { team: "north" },
    });
    await tenant.fetch("/api/v2/users", { method: "POST", headers, body });
    const before = tenant.snapshot();
    const calls = tenant.calls().length;

    const { stdout, status } = await startedIn(
      copy().path,
      "--user",
      "grace@example.test",
      "--client",
      "shop",
    );
    expect(status).toBe(1);
    expect(stdout).toContain(tenant.url);
    expect(stdout).toContain('app_metadata {"team":"north"}');
    expect(stdout).toContain("no tokens: deny-unlisted-roles (hooks/deny-unlisted-roles.ts) denied");
    expect(tenant.snapshot()).toEqual(before);
    expect(tenant.calls()).toHaveLength(calls);
  });
});
