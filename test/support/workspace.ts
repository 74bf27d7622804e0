// A checkout of its own with a tenant of its own, worked on by the real engine.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { engineEnvironment } from "../../src/cli/dev-stack.ts";
import { ensureStack, getToolchain } from "../../src/cli/engine.ts";
import { type Call, createTenant, type Front, type Tenant } from "../../tenant/index.ts";
import { type Environment, type PulumiRun, runPulumi, type Toolchain } from "../../toolchain/index.ts";
import type { Files } from "./small-estate.ts";

const root = join(import.meta.dirname, "../..");

/** What a person has who cloned the repository: everything but what is ignored or only for tests. */
const parts = [
  "index.ts",
  "package.json",
  "rbac",
  "hooks",
  "src",
  "Pulumi.yaml",
  "Pulumi.dev.yaml",
  "Pulumi.staging.yaml",
];

/** How an engine's run ended. */
export interface Run {
  readonly exitCode: number;
  /** All that it wrote, without colours. */
  readonly output: string;
  /** The part for people who look for what is wrong, without the remarks on our build of the plugin. */
  readonly diagnostics: string;
}

/** What a new workspace is to be. */
export interface WorkspaceOptions {
  /** Files in place of the shipped ones: a folder that has one of them has only them. */
  readonly estate?: Files;
  /** Configuration over the dev stack's. */
  readonly config?: Readonly<Record<string, string>>;
}

/** The calls that ask the Management API for a change, as `METHOD /path` below `/api/v2`. */
export function changingCalls(calls: readonly Call[]): readonly string[] {
  return calls
    .filter(({ method, path }) => method !== "GET" && path.startsWith("/api/v2/"))
    .map(({ method, path }) => `${method} ${path.slice("/api/v2".length)}`);
}

/** The engine's summary of a run: how many resources it makes, or would make, changes, deletes and leaves. */
export function countsIn({ output }: Run): Readonly<Record<string, string>> {
  const verbs: Record<string, string> = { created: "create", updated: "update", deleted: "delete" };
  const lines = output.slice(output.lastIndexOf("Resources:")).matchAll(/(\d+) (?:to )?([a-z]+)$/gm);
  return Object.fromEntries([...lines].map(([, count = "", word = ""]) => [verbs[word] ?? word, count]));
}

/** A workspace for one test file; `close` it at the end. */
export class Workspace {
  readonly directory: string;
  readonly tenant: Tenant;
  readonly toolchain: Toolchain;
  readonly #backend: string;
  readonly #door: { front: Front | undefined };
  readonly #kept: string[] = [];

  private constructor(
    directory: string,
    tenant: Tenant,
    toolchain: Toolchain,
    door: { front: Front | undefined },
  ) {
    this.directory = directory;
    this.tenant = tenant;
    this.toolchain = toolchain;
    this.#door = door;
    this.#backend = join(directory, "state");
  }

  /** A copy of the checkout bound to a new tenant, with a dev stack. Nothing is applied yet. */
  static async create({ estate = {}, config = {} }: WorkspaceOptions = {}): Promise<Workspace> {
    const directory = realpathSync(mkdtempSync(join(tmpdir(), "rolebook-workspace-")));
    for (const part of parts) cpSync(join(root, part), join(directory, part), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
    for (const folder of new Set(Object.keys(estate).map((path) => path.split("/")[0] ?? path)))
      rmSync(join(directory, folder), { recursive: true });
    const toolchain = await getToolchain(new AbortController().signal);
    const door: { front: Front | undefined } = { front: undefined };
    const tenant = await createTenant({
      front: (request, answer) => (door.front ? door.front(request, answer) : answer(request)),
    });
    const workspace = new Workspace(directory, tenant, toolchain, door);
    for (const [path, text] of Object.entries(estate)) workspace.write(path, text);
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
    let text = this.read("Pulumi.dev.yaml");
    for (const [key, value] of Object.entries(config)) {
      const line = `  ${key}: ${value}`;
      const old = new RegExp(`^  ${key}: .*$`, "m");
      text = old.test(text) ? text.replace(old, line) : text.replace("config:", `config:\n${line}`);
    }
    this.write("Pulumi.dev.yaml", text);
  }

  read(path: string): string {
    return readFileSync(join(this.directory, path), "utf8");
  }

  write(path: string, text: string): void {
    const file = join(this.directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Replaces a text that stands once in a file; one that does not is a mistake of the test. */
  replace(path: string, from: string, to: string): void {
    const parts = this.read(path).split(from);
    if (parts.length !== 2) throw new Error(`${path} holds "${from}" ${parts.length - 1} times`);
    this.write(path, parts.join(to));
  }

  rename(from: string, to: string): void {
    renameSync(join(this.directory, from), join(this.directory, to));
  }

  remove(path: string): void {
    rmSync(join(this.directory, path));
  }

  /** `pulumi up` without a preview: what a pipeline runs. */
  up(...options: readonly string[]): Promise<Run> {
    return this.pulumi("up", "--yes", "--skip-preview", "--suppress-outputs", ...options);
  }

  /** `up` that has to succeed: a failure throws with all that the engine wrote. */
  async apply(...options: readonly string[]): Promise<Run> {
    const run = await this.up(...options);
    if (run.exitCode !== 0)
      throw new Error(`pulumi up ended with status ${run.exitCode}\n${run.diagnostics}`);
    return run;
  }

  preview(...options: readonly string[]): Promise<Run> {
    return this.pulumi("preview", "--suppress-outputs", ...options);
  }

  async pulumi(...args: readonly string[]): Promise<Run> {
    return shown(await this.run(args));
  }

  /** As `pulumi`, with the two streams apart, and perhaps in another environment. */
  run(args: readonly string[], env: Environment = this.environment()): Promise<PulumiRun> {
    return runPulumi(this.toolchain, [...args, "--color", "never"], { cwd: this.directory, env });
  }

  /** The stack's outputs; the test knows their shape. */
  async outputs<Outputs>(): Promise<Outputs> {
    const { stdout } = await this.run(["stack", "output", "--json"]);
    return JSON.parse(stdout) as Outputs;
  }

  /** The calls that `work` makes the tenant answer. */
  async calls(work: () => Promise<unknown>): Promise<readonly Call[]> {
    const before = this.tenant.calls().length;
    await work();
    return this.tenant.calls().slice(before);
  }

  /** Lets `front` stand before the tenant until what was kept is brought back. */
  putInFront(front: Front): void {
    this.#door.front = front;
  }

  /** The Management API's answer to a call with every scope; the test knows its shape. Throws if it is refused. */
  async manage<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const token = await this.tenant.managementToken();
    const answer = await this.tenant.fetch(`/api/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as Answer;
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
      this.#door.front = undefined;
    };
  }

  async close(): Promise<void> {
    await this.tenant.close();
    for (const directory of [this.directory, ...this.#kept])
      rmSync(directory, { recursive: true, force: true });
  }
}

/** A run as one text and its diagnostics. */
export function shown({ exitCode, stdout, stderr }: PulumiRun): Run {
  const output = `${stdout}${stderr}`;
  const [, diagnostics = output] = /^Diagnostics:\n(.*?)^(?:Resources|Outputs):$/ms.exec(output) ?? [];
  return {
    exitCode,
    output,
    diagnostics: diagnostics.replace(
      /^ *warning: (?:using pulumi-resource-auth0 from|resource plugin auth0 is expected) .*\n/gm,
      "",
    ),
  };
}
