// The real auth0-deploy-cli against a tenant with one of each thing that it and the tenant both know.
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { StoreDump, Tenant } from "../../tenant/index.ts";
import { AUDIENCE } from "../support/estate.ts";
import { createFullTenant } from "../support/full-tenant.ts";
import { changingCalls } from "../support/workspace.ts";

/** What is managed: the tool's names of all types that the tenant has, but for prompts, which take it 80 calls at 8 a second. */
const TYPES = [
  "actions",
  "clientAuthCredentials",
  "clientGrants",
  "clients",
  "connections",
  "databases",
  "hooks",
  "organizations",
  "pages",
  "resourceServers",
  "roles",
  "rules",
  "rulesConfigs",
  "tenant",
  "triggers",
];

const directory = mkdtempSync(join(tmpdir(), "rolebook-deploy-cli-"));
const inDirectory = (...path: readonly string[]) => join(directory, ...path);
const program = fileURLToPath(import.meta.resolve("auth0-deploy-cli"));

interface Ended {
  readonly exitCode: number;
  readonly output: string;
}

/** Runs the tool as a person does, with nothing of this process's environment. */
function a0deploy(tenant: Tenant, ...args: readonly string[]): Promise<Ended> {
  const config = inDirectory(`${tenant.domain.replace(":", "-")}.json`);
  writeFileSync(
    config,
    JSON.stringify({
      AUTH0_DOMAIN: tenant.domain,
      AUTH0_CLIENT_ID: tenant.deployer.clientId,
      AUTH0_CLIENT_SECRET: tenant.deployer.clientSecret,
      AUTH0_INCLUDED_ONLY: TYPES,
      AUTH0_ALLOW_DELETE: true,
    }),
  );
  const options = { env: { NODE_EXTRA_CA_CERTS: tenant.ca.path }, cwd: directory };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, ...args, "-c", config, "--env=false"],
      options,
      (error, stdout, stderr) =>
        resolve({ exitCode: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

/** The rows of the table that a dry run prints: status and name. */
const planned = ({ output }: Ended) =>
  [...output.matchAll(/│\s*(?:\w+)?\s*│ (CREATE|UPDATE|DELETE)\s*│ (.+?)\s*│/g)].map(
    ([, status, name]) => `${status} ${name}`,
  );

/** What is different in each collection, those left out in which nothing is; the log grows anyway. */
function changes({ logs: _, ...before }: StoreDump, { logs: __, ...after }: StoreDump): Changes {
  const all = Object.keys({ ...before, ...after }).map((name) => {
    const old = texts(before[name as keyof typeof before]);
    const now = texts(after[name as keyof typeof after]);
    return [name, { gone: old.difference(now).size, new: now.difference(old).size }] as const;
  });
  return Object.fromEntries(all.filter(([, change]) => change.gone + change.new > 0));
}

/** How many entities of a collection are not there any more, and how many were not there before. */
type Changes = Readonly<Record<string, { readonly gone: number; readonly new: number }>>;

/** Entities as text, whatever the order of their members. */
const texts = (rows: readonly unknown[] = []) =>
  new Set(
    rows.map((row) =>
      JSON.stringify(row, (_key, value: unknown) =>
        typeof value === "object" && value !== null && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
          : value,
      ),
    ),
  );

let tenant: Tenant;
/** A copy of the tenant that gets other files. */
let other: Tenant;
let exported: { readonly yaml: Ended; readonly files: Ended };
/** What is in the two before an import. */
let initial: { readonly tenant: StoreDump; readonly other: StoreDump };
let unchanged: Ended;
let changed: Ended;
/** The changing calls of the import that has nothing to change. */
let rewriting: readonly string[];

// Each import takes some ten seconds of processor time before its first call, in which the tool compiles its schemas.
beforeAll(async () => {
  tenant = await createFullTenant();
  const [yaml, files] = await Promise.all([
    a0deploy(tenant, "export", "-f", "yaml", "-o", inDirectory("yaml")),
    a0deploy(tenant, "export", "-f", "directory", "-o", inDirectory("files")),
  ]);
  exported = { yaml, files };
  other = await tenant.fork();
  initial = { tenant: tenant.snapshot(), other: other.snapshot() };
  cpSync(inDirectory("files"), inDirectory("changed"), { recursive: true });
  change();
  const before = tenant.calls().length;
  [unchanged, changed] = await Promise.all([
    a0deploy(tenant, "import", "-i", inDirectory("files")),
    a0deploy(other, "import", "-i", inDirectory("changed"), "--dry-run", "--apply"),
  ]);
  rewriting = changingCalls(tenant.calls().slice(before));
}, 300_000);

afterAll(async () => {
  await tenant?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Another permission for a role, a role more, a rule less. */
function change(): void {
  const role = inDirectory("changed/roles/customer.json");
  const customer = JSON.parse(readFileSync(role, "utf8")) as { permissions: object[] };
  customer.permissions.push({ permission_name: "write:orders", resource_server_identifier: AUDIENCE });
  writeFileSync(role, JSON.stringify(customer));
  writeFileSync(inDirectory("changed/roles/clerk.json"), JSON.stringify({ name: "clerk", permissions: [] }));
  for (const extension of ["js", "json"]) rmSync(inDirectory(`changed/rules/enrich.${extension}`));
}

describe("an export by auth0-deploy-cli", () => {
  it("has everything that the tenant has, as one file or as many", () => {
    expect(exported).toMatchObject({ yaml: { exitCode: 0 }, files: { exitCode: 0 } });
    const document = parse(readFileSync(inDirectory("yaml/tenant.yaml"), "utf8"));
    expect(document).toMatchObject({
      resourceServers: [{ identifier: AUDIENCE, enforce_policies: true }],
      roles: [{ name: "customer", permissions: [{ permission_name: "read:orders" }] }],
      databases: [
        { name: "Username-Password-Authentication" },
        { name: "employees", enabled_clients: ["Shop"] },
      ],
      connections: [{ name: "google-oauth2", enabled_clients: ["Shop"] }],
      hooks: [{ name: "default-role", enabled: true }],
      actions: [{ name: "post-login", deployed: true }],
      triggers: { "post-login": [{ action_name: "post-login" }] },
      organizations: [{ name: "acme", connections: [{ name: "employees" }] }],
      tenant: { friendly_name: "The tenant" },
    });
    expect(document.clients.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(["Shop", "Signer", "Worker"]),
    );
    expect(document.clientGrants).toHaveLength(2);
    const rule = JSON.parse(readFileSync(inDirectory("files/rules/enrich.json"), "utf8"));
    expect(rule).toMatchObject({ name: "enrich", order: 2 });
  });

  it("asks for nothing that the tenant does not have", () => {
    expect([...tenant.unknownEndpoints(), ...other.unknownEndpoints()]).toEqual([]);
  });
});

/**
 * What every import does: a new version of each action and a new binding, `""` for a role that has no description, and
 * `disable_self_service_change_password: false` for a database that does not say, a default of the tool's schema.
 */
const always = {
  action_versions: { gone: 0, new: 1 },
  actions: { gone: 1, new: 1 },
  bindings: { gone: 1, new: 1 },
  connections: { gone: 2, new: 2 },
  roles: { gone: 1, new: 1 },
};

describe("an import of its own export", () => {
  it("deploys the actions again, and changes nothing else", () => {
    expect(unchanged).toMatchObject({ exitCode: 0 });
    expect(changes(initial.tenant, tenant.snapshot())).toEqual(always);
  });

  it("rewrites everything with what is there already", () => {
    const kinds = rewriting.map((call) =>
      call.replace(/(?<=\/(?:actions|clients|[a-z-]+s)\/)[^/]{12,}/g, ":id"),
    );
    expect([...new Set(kinds)].sort()).toEqual([
      "DELETE /roles/:id/permissions",
      "PATCH /actions/actions/:id",
      "PATCH /actions/triggers/post-login/bindings",
      "PATCH /client-grants/:id",
      "PATCH /clients/:id",
      "PATCH /connections/:id",
      "PATCH /hooks/:id",
      "PATCH /resource-servers/:id",
      "PATCH /roles/:id",
      "PATCH /rules/:id",
      "PATCH /tenants/settings",
      "POST /actions/actions/:id/deploy",
      "POST /roles/:id/permissions",
    ]);
  });
});

describe("an import of other files", () => {
  it("is planned by a dry run to change exactly these things, and its own default", () => {
    const databases = ["UPDATE Username-Password-Authentication", "UPDATE employees"];
    expect(planned(changed).toSorted()).toEqual(
      ["CREATE clerk", "DELETE enrich", "UPDATE customer", ...databases].toSorted(),
    );
  });

  it("changes exactly these things", () => {
    expect(changed).toMatchObject({ exitCode: 0 });
    expect(changes(initial.other, other.snapshot())).toEqual({
      ...always,
      role_permissions: { gone: 0, new: 1 },
      roles: { gone: 1, new: 2 },
      rules: { gone: 1, new: 0 },
    });
  });
});
