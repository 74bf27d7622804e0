import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { engineEnvironment } from "../../src/cli/dev-stack.ts";
import { createTenant, type Tenant } from "../../tenant/index.ts";
import { runPulumi } from "../../toolchain/index.ts";
import { type Files, smallEstate } from "../support/small-estate.ts";
import { type Run, shown, Workspace } from "../support/workspace.ts";

/** A stack of the workspace, bound to a tenant. */
interface Stage {
  readonly name: string;
  readonly tenant: Tenant;
}

const estate: Files = {
  ...smallEstate,
  "hooks/greet.ts": `import { policy, text } from "#policy";

export default policy({
  name: "greet",
  on: ["login"],
  settings: { word: text() },
  run({ settings }) {
    console.log(settings.word);
  },
});
`,
  "hooks/flows.ts": `import { flows } from "#policy";
import greet from "./greet.ts";

export default flows({ login: [greet({ word: "hello" })] });
`,
};

let workspace: Workspace;
let staging: Stage;
let prod: Stage;
let restore: () => void;

beforeAll(async () => {
  workspace = await Workspace.create({ estate });
  staging = { name: "staging", tenant: workspace.tenant };
  prod = { name: "prod", tenant: await createTenant() };
  await addStack(staging);
  await addStack(prod, "  rolebook:promotesFrom: staging\n");
  await apply(staging);
  await apply(prod);
  const files = workspace.keep();
  const kept = { config: workspace.read("Pulumi.prod.yaml"), tenant: prod.tenant.snapshot() };
  restore = () => {
    files();
    workspace.write("Pulumi.prod.yaml", kept.config);
    prod.tenant.restore(kept.tenant);
  };
});
afterAll(async () => {
  await prod.tenant.close();
  await workspace.close();
});
beforeEach(() => restore());

/** Each stage has a passphrase of its own: what one announces is read without the other's. */
function environmentOf({ name, tenant }: Stage): Record<string, string | undefined> {
  const engine = engineEnvironment(`${workspace.directory}/state`, {
    deployer: tenant.deployer,
    ca: tenant.ca.path,
  });
  return { ...process.env, ...engine, PULUMI_STACK: name, PULUMI_CONFIG_PASSPHRASE: `of ${name}` };
}

async function addStack(stage: Stage, config = ""): Promise<void> {
  const { name, tenant } = stage;
  workspace.write(
    `Pulumi.${name}.yaml`,
    `config:
  auth0:domain: ${tenant.domain}
  rolebook:domain: ${name}.example.test
  rolebook:claimNamespace: https://claims.${name}.example.test/
  rolebook:protect: "false"
${config}`,
  );
  expect(await on(stage, "stack", "init", name, "--no-select")).toMatchObject({ exitCode: 0 });
}

const on = async (stage: Stage, ...args: readonly string[]): Promise<Run> =>
  shown(await workspace.run(args, environmentOf(stage)));

const up = (stage: Stage, ...options: readonly string[]) =>
  on(stage, "up", "--yes", "--skip-preview", "--suppress-outputs", ...options);

async function apply(stage: Stage, ...options: readonly string[]): Promise<void> {
  const { exitCode, diagnostics } = await up(stage, ...options);
  if (exitCode !== 0) throw new Error(diagnostics);
}

const stateOf = ({ name }: Stage) => `state/.pulumi/stacks/rolebook/${name}.json`;

/** What the stack announces, as the engine keeps it. */
function fingerprintOf(stage: Stage): string {
  const [, fingerprint] = /"fingerprint": ?"(\w{64})"/.exec(workspace.read(stateOf(stage))) ?? [];
  if (!fingerprint) throw new Error(`${stage.name} announces nothing`);
  return fingerprint;
}

/** The error of a run that has to be refused, without its label; nothing of the tenant is called. */
async function refusalOf({ tenant }: Stage, run: () => Promise<Run>): Promise<string> {
  const before = tenant.calls().length;
  const { exitCode, diagnostics } = await run();
  expect(exitCode).toBe(1);
  expect(tenant.calls().slice(before)).toEqual([]);
  const [, error = ""] = /error: (.*)/s.exec(diagnostics) ?? [];
  return error.replace(/^ {4}/gm, "").trim();
}

const grantRefunds = () =>
  workspace.replace("rbac/roles/clerk.yaml", "create:orders", "create:orders\n    - refund:orders");

const refundsAreNotStaged = `stack "prod" gets what stack "staging" has completed, and this is something else:
  WIDER  clerk can now refund:orders on orders  high
help: run "pulumi up --stack staging" with this commit first`;

describe("a change of a permission and of a literal setting", () => {
  it("is refused by prod, preview included, until staging has completed it; stage values may differ", async () => {
    grantRefunds();
    workspace.replace("hooks/flows.ts", "hello", "good morning");
    expect(await refusalOf(prod, () => on(prod, "preview"))).toBe(
      `stack "prod" gets what stack "staging" has completed, and this is something else:
  WIDER  clerk can now refund:orders on orders              high
  FLOW   login: greet has word "good morning", was "hello"  low
help: run "pulumi up --stack staging" with this commit first`,
    );
    await apply(staging, "--refresh");
    workspace.replace("Pulumi.prod.yaml", "domain: prod.example.test", "domain: shop.example.test");
    await apply(prod);
    expect(fingerprintOf(prod)).toBe(fingerprintOf(staging));
  });
});

describe("staging announces nothing new by an update that", () => {
  it("fails", async () => {
    grantRefunds();
    const announced = fingerprintOf(staging);
    workspace.putInFront((request, tenant) =>
      request.method === "POST" && request.url.endsWith("/permissions")
        ? new Response(null, { status: 500 })
        : tenant(request),
    );
    expect(await up(staging)).toMatchObject({ exitCode: 1 });
    expect(fingerprintOf(staging)).toBe(announced);
    expect(await refusalOf(prod, () => up(prod))).toBe(refundsAreNotStaged);
  });

  it("is cancelled", async () => {
    grantRefunds();
    const announced = fingerprintOf(staging);
    const cancel = new AbortController();
    workspace.putInFront(async (request, tenant) => {
      if (request.method === "POST" && request.url.endsWith("/permissions")) cancel.abort();
      return tenant(request);
    });
    const { exitCode } = await runPulumi(workspace.toolchain, ["up", "--yes", "--skip-preview"], {
      cwd: workspace.directory,
      env: environmentOf(staging),
      signal: cancel.signal,
    });
    expect(cancel.signal.aborted).toBe(true);
    expect(exitCode).not.toBe(0);
    expect(fingerprintOf(staging)).toBe(announced);
  });

  it("is one of a part, though it goes well", async () => {
    const announced = fingerprintOf(staging);
    grantRefunds();
    workspace.replace("rbac/roles/lead.yaml", "refund:orders", "refund:orders\n    - create:orders");
    const part = "**RolePermissions::clerk";
    expect((await up(staging, "--target", part, "--target-dependents")).output).toContain("clerk updated");
    expect(fingerprintOf(staging)).toBe(announced);
  });
});

describe("what staging has completed", () => {
  it("cannot be claimed by hand", async () => {
    grantRefunds();
    const announced = fingerprintOf(staging);
    workspace.write(stateOf(staging), workspace.read(stateOf(staging)).replaceAll(announced, "0".repeat(64)));
    expect(await refusalOf(prod, () => up(prod))).toContain("outputs were changed by somebody else");
  });

  it("is asked for no more where the stack's file says so", async () => {
    grantRefunds();
    workspace.replace("Pulumi.prod.yaml", "promotesFrom: staging", "promotesFrom: none");
    await apply(prod);
  });
});

describe("a stack that promotes from one there is not", () => {
  it("is refused with the place to look at", async () => {
    workspace.replace("Pulumi.prod.yaml", "promotesFrom: staging", "promotesFrom: stagign");
    expect(await refusalOf(prod, () => up(prod))).toBe(
      `stack "prod" gets what stack "stagign" has completed, which cannot be read: unknown stack "organization/rolebook/stagign"
help: both have to be in one backend; "rolebook:promotesFrom" in Pulumi.prod.yaml names the other`,
    );
  });
});

describe("rolebook compare", () => {
  const rolebook = join(import.meta.dirname, "../../src/cli/rolebook.js");

  /** The command in the workspace, logged in to its backend. */
  function compare(...args: readonly string[]) {
    const env = { ...environmentOf(staging), PULUMI_STACK: undefined, PULUMI_CONFIG_PASSPHRASE: undefined };
    return tool(process.execPath, [rolebook, "compare", "--root", ".", ...args], env);
  }

  function tool(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: workspace.directory,
      env,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  }

  it("shows two stages of the same access with the values that differ, and without their passphrases", () => {
    expect(compare("staging", "prod")).toEqual({
      status: 0,
      stdout: `STAGE  auth0:domain    ${staging.tenant.domain} → ${prod.tenant.domain}
STAGE  claimNamespace  https://claims.staging.example.test/ → https://claims.prod.example.test/
STAGE  domain          staging.example.test → prod.example.test
STAGE  promotesFrom    none → staging

staging and prod have the same access
`,
      stderr: "",
    });
  });

  it("shows what a commit has that a stage has not, of which nothing is run", () => {
    workspace.replace("rbac/roles/lead.yaml", "refund:orders", "create:orders");
    expect(tool(process.execPath, [rolebook, "generate"])).toMatchObject({ status: 0 });
    const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.test"];
    tool("git", ["init", "--quiet"]);
    tool("git", ["add", "rbac", "hooks", "Pulumi.yaml"]);
    expect(tool("git", [...who, "commit", "--quiet", "-m", "new"])).toMatchObject({ status: 0 });
    const { status, stdout } = compare("HEAD", "staging", "--format", "json");
    const { changes } = JSON.parse(stdout) as { changes: { effect: string; text: string }[] };
    expect(status).toBe(1);
    expect(changes.map(({ effect, text }) => `${effect}: ${text}`)).toEqual([
      "wider: lead can now refund:orders on orders",
      "narrower: lead can no longer create:orders on orders",
    ]);
  });

  it.each([
    [["staging"], "two things are compared"],
    [["dev", "prod"], 'the stack "dev" cannot be read'],
    [["organization/rolebook/prod", "HEAD~9"], "HEAD~9"],
  ])("cannot compare %j", (args, message) => {
    const { status, stderr } = compare(...args);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});
