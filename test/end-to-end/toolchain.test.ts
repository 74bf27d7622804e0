import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import {
  type Environment,
  ensureToolchain,
  type PulumiRun,
  runPulumi,
  type Toolchain,
} from "../../toolchain/index.ts";
import { descendants } from "../../toolchain/process.ts";
import { isRunning } from "../toolchain/support/sandbox.ts";

const modules = join(import.meta.dirname, "../../node_modules");

interface Program {
  pulumi(args: readonly string[], signal?: AbortSignal): Promise<PulumiRun>;
}

async function getToolchain(): Promise<Toolchain> {
  const options = { env: process.env, report: () => {}, signal: new AbortController().signal };
  const toolchain = await ensureToolchain(options);
  if (toolchain.source === "none") throw new Error(toolchain.message);
  return toolchain;
}

/** A program of one file with a stack of its own, nothing of Rolebook in it. */
async function program(source: string): Promise<Program> {
  const root = mkdtempSync(join(tmpdir(), "rolebook-program-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));
  const file = (name: string, text: string) => writeFileSync(join(root, name), text);
  const runtime = { name: "nodejs", options: { typescript: false } };
  file("Pulumi.yaml", JSON.stringify({ name: "toolchain", runtime }));
  file(
    "package.json",
    '{"type":"module","main":"index.ts","dependencies":{"@pulumi/pulumi":"*","@pulumi/auth0":"*"}}',
  );
  file("index.ts", source);
  symlinkSync(modules, join(root, "node_modules"));
  mkdirSync(join(root, "state"));
  const env: Environment = {
    ...process.env,
    PULUMI_BACKEND_URL: `file://${join(root, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "test",
  };
  const toolchain = await getToolchain();
  const pulumi = (args: readonly string[], signal?: AbortSignal) =>
    runPulumi(toolchain, [...args, "--color", "never"], {
      cwd: root,
      env,
      ...(signal && { signal, patience: 1 }),
    });
  expect(await pulumi(["stack", "init", "test"])).toMatchObject({ exitCode: 0 });
  return { pulumi };
}

const up = ["up", "--yes", "--skip-preview"];

/** An address that takes connections and says nothing, and its first connection. */
async function silentServer(): Promise<{ readonly domain: string; readonly connected: Promise<unknown> }> {
  const server = createServer().listen(0, "127.0.0.1");
  const connected = once(server, "connection");
  const sockets: { destroy(): void }[] = [];
  server.on("connection", (socket) => sockets.push(socket));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a path.
  return { domain: `127.0.0.1:${port}`, connected };
}

const deployment = (domain: string, resource: string) => `
  import * as auth0 from "@pulumi/auth0";
  const provider = new auth0.Provider("local", { domain: "${domain}", apiToken: "token" });
  ${resource}`;

const api = 'new auth0.ResourceServer("orders", { identifier: "https://orders.test/" }, { provider });';

describe("the toolchain", () => {
  it("runs a program in TypeScript as it is and shows its outputs", async () => {
    const { pulumi } = await program('export const greeting: string = "welcome";');
    expect(await pulumi(up)).toMatchObject({ exitCode: 0 });
    expect(await pulumi(["stack", "output", "greeting"])).toMatchObject({ exitCode: 0, stdout: "welcome\n" });
    expect(await pulumi([...up, "--expect-no-changes"])).toMatchObject({ exitCode: 0 });
  });

  it("shows the message of a RunError without a stack trace", async () => {
    const { pulumi } = await program(`
      import * as pulumi from "@pulumi/pulumi";
      throw new pulumi.RunError("rbac/roles/buyer.yaml:7:9 error\\nhelp: did you mean it");
    `);
    const { exitCode, stdout, stderr } = await pulumi(up);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("rbac/roles/buyer.yaml:7:9 error\n    help: did you mean it");
    expect(stdout + stderr).not.toMatch(/^ +at |unhandled/m);
  });

  it("lets the provider check what is declared", async () => {
    const hook = 'new auth0.Hook("short", { name: "x", script: "", triggerId: "sign-up" }, { provider });';
    const { pulumi } = await program(deployment("127.0.0.1:1", hook));
    const { exitCode, stdout } = await pulumi(["preview"]);
    expect(exitCode).not.toBe(0);
    expect(stdout).toContain("triggerId");
  });

  it("leaves no host, no program and no provider behind when the engine is killed", async () => {
    const { domain, connected } = await silentServer();
    const { pulumi } = await program(deployment(domain, api));
    const run = pulumi(up);
    await connected;
    const [engine = 0, ...others] = descendants(process.pid);
    expect(others.length).toBeGreaterThanOrEqual(3);
    process.kill(engine, "SIGKILL");
    expect(await run).toMatchObject({ exitCode: 137 });
    await vi.waitFor(() => expect(others.filter(isRunning)).toEqual([]), 30_000);
  });

  it("leaves no process behind when a deployment is cancelled", async () => {
    const { domain, connected } = await silentServer();
    const { pulumi } = await program(deployment(domain, api));
    const cancellation = new AbortController();
    const run = pulumi(up, cancellation.signal);
    await connected;
    const processes = descendants(process.pid);
    cancellation.abort();
    expect((await run).exitCode).not.toBe(0);
    await vi.waitFor(() => expect(processes.filter(isRunning)).toEqual([]), 30_000);
  });
});
