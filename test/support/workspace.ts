// A checkout of its own with a tenant of its own, worked on by the real engine.
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineEnvironment } from "../../src/cli/dev-stack.ts";
import { ensureStack, getToolchain } from "../../src/cli/engine.ts";
import { type Call, createTenant, type Tenant } from "../../tenant/index.ts";
import { type PulumiRun, runPulumi, type Toolchain } from "../../toolchain/index.ts";

const root = join(import.meta.dirname, "../..");

/** What a person has who cloned the repository: everything but what is ignored or only for tests. */
const parts = ["index.ts", "package.json", "rbac", "hooks", "src", "Pulumi.yaml", "Pulumi.dev.yaml"];

/** How an engine's run ended, with what it wrote without colours. */
export interface Run {
  readonly exitCode: number;
  readonly output: string;
}

/** Calls that change the tenant, without the token requests. */
export function writes(calls: readonly Call[]): readonly string[] {
  return calls
    .filter(({ method, path }) => method !== "GET" && path.startsWith("/api/v2/"))
    .map(({ method, path }) => `${method} ${path.slice("/api/v2".length)}`);
}

export class Workspace {
  readonly directory: string;
  readonly tenant: Tenant;
  readonly #toolchain: Toolchain;
  readonly #backend: string;

  private constructor(directory: string, tenant: Tenant, toolchain: Toolchain) {
    this.directory = directory;
    this.tenant = tenant;
    this.#toolchain = toolchain;
    this.#backend = join(directory, "state");
  }

  /** A copy of the checkout bound to a new tenant; `config` is put over the dev stack's. Nothing is applied yet. */
  static async create(config: Readonly<Record<string, string>> = {}): Promise<Workspace> {
    const directory = realpathSync(mkdtempSync(join(tmpdir(), "rolebook-workspace-")));
    for (const part of parts) cpSync(join(root, part), join(directory, part), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
    const toolchain = await getToolchain(new AbortController().signal);
    const tenant = await createTenant();
    const workspace = new Workspace(directory, tenant, toolchain);
    workspace.configure({ "auth0:domain": tenant.domain, ...config });
    await ensureStack(toolchain, workspace.#backend, { cwd: directory, env: workspace.environment() });
    return workspace;
  }

  /** What the engine runs with. */
  environment(): Record<string, string | undefined> {
    const { deployer, ca } = this.tenant;
    return { ...process.env, ...engineEnvironment(this.#backend, { deployer, ca: ca.path }) };
  }

  /** Sets configuration of the dev stack. */
  configure(config: Readonly<Record<string, string>>): void {
    for (const [key, value] of Object.entries(config))
      this.edit("Pulumi.dev.yaml", (text) => {
        const line = `  ${key}: ${value}`;
        const old = new RegExp(`^  ${key}: .*$`, "m");
        return old.test(text) ? text.replace(old, line) : text.replace("config:", `config:\n${line}`);
      });
  }

  read(path: string): string {
    return readFileSync(join(this.directory, path), "utf8");
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.directory, path), text);
  }

  /** Changes a file; a change that changes nothing is a mistake of the test. */
  edit(path: string, change: (text: string) => string): void {
    const before = this.read(path);
    const after = change(before);
    if (after === before) throw new Error(`the edit leaves ${path} as it is`);
    this.write(path, after);
  }

  rename(from: string, to: string): void {
    renameSync(join(this.directory, from), join(this.directory, to));
  }

  remove(path: string): void {
    rmSync(join(this.directory, path));
  }

  up(...options: readonly string[]): Promise<Run> {
    return this.pulumi("up", "--yes", "--skip-preview", ...options);
  }

  preview(...options: readonly string[]): Promise<Run> {
    return this.pulumi("preview", ...options);
  }

  async pulumi(...args: readonly string[]): Promise<Run> {
    return shown(await this.run(args, this.environment()));
  }

  /** As `pulumi`, in another environment or until `signal` aborts. */
  run(
    args: readonly string[],
    env: Record<string, string | undefined>,
    signal?: AbortSignal,
  ): Promise<PulumiRun> {
    return runPulumi(this.#toolchain, [...args, "--color", "never"], {
      cwd: this.directory,
      env,
      ...(signal && { signal }),
    });
  }

  /** The calls that `work` makes the tenant answer. */
  async calls(work: () => Promise<unknown>): Promise<readonly Call[]> {
    const before = this.tenant.calls().length;
    await work();
    return this.tenant.calls().slice(before);
  }

  /** The Management API's answer to a GET with every scope; the test knows its shape. */
  async get<Answer>(path: string): Promise<Answer> {
    const authorization = `Bearer ${await this.tenant.managementToken()}`;
    const answer = await this.tenant.fetch(`/api/v2${path}`, { headers: { authorization } });
    return (await answer.json()) as Answer; // what the test expects of it
  }

  /** Keeps everything as it is now: files, the engine's state and the tenant's. The result brings it back. */
  keep(): () => void {
    const kept = mkdtempSync(join(tmpdir(), "rolebook-kept-"));
    const mutable = [...parts, "state"].filter((part) => part !== "src");
    for (const part of mutable) cpSync(join(this.directory, part), join(kept, part), { recursive: true });
    const snapshot = this.tenant.snapshot();
    this.#kept.push(kept);
    return () => {
      for (const part of mutable) {
        rmSync(join(this.directory, part), { recursive: true, force: true });
        cpSync(join(kept, part), join(this.directory, part), { recursive: true });
      }
      this.tenant.restore(snapshot);
    };
  }

  readonly #kept: string[] = [];

  async close(): Promise<void> {
    await this.tenant.close();
    for (const directory of [this.directory, ...this.#kept])
      rmSync(directory, { recursive: true, force: true });
  }
}

function shown({ exitCode, stdout, stderr }: PulumiRun): Run {
  return { exitCode, output: `${stdout}${stderr}` };
}
