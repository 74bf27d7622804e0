import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { runPulumi, type Toolchain } from "../../toolchain/index.ts";
import { isRunning, type Sandbox, sandbox } from "./support/sandbox.ts";

const toolchain = (box: Sandbox, script: string, differing: Partial<Toolchain> = {}): Toolchain => ({
  source: "built",
  pulumi: box.command("pulumi", script),
  version: "3.258.0",
  plugin: "built",
  pathEntries: ["/engine", "/plugin"],
  cacheDirectory: box.cache,
  why: [],
  ...differing,
});

describe("running the engine", () => {
  it("returns its exit status and what it wrote, line by line meanwhile", async () => {
    const box = sandbox();
    const lines: string[] = [];
    const run = await runPulumi(toolchain(box, 'echo "$2"; echo no >&2; exit 7'), ["up", "one two"], {
      cwd: box.root,
      env: box.env,
      onLine: (line, stream) => lines.push(`${stream} ${line}`),
    });
    expect(run).toEqual({ exitCode: 7, stdout: "one two\n", stderr: "no\n" });
    expect(lines.sort()).toEqual(["stderr no", "stdout one two"]);
  });

  it("puts the toolchain and this Node.js first on PATH and lets the engine find our plugin there", async () => {
    const box = sandbox();
    const script = 'echo "$PATH"; echo "$PULUMI_SKIP_UPDATE_CHECK $PULUMI_IGNORE_AMBIENT_PLUGINS"';
    const env = { ...box.env, PULUMI_IGNORE_AMBIENT_PLUGINS: "true" };
    const { stdout } = await runPulumi(toolchain(box, script), [], { cwd: box.root, env });
    const path = ["/engine", "/plugin", dirname(process.execPath), env.PATH].join(":");
    expect(stdout).toBe(`${path}\ntrue false\n`);
  });

  it("leaves the choice of plugins to the user where the plugin is Pulumi's", async () => {
    const box = sandbox();
    const { stdout } = await runPulumi(
      toolchain(box, 'echo "$PULUMI_IGNORE_AMBIENT_PLUGINS"', { plugin: "vendor" }),
      [],
      { cwd: box.root, env: { ...box.env, PULUMI_IGNORE_AMBIENT_PLUGINS: "true" } },
    );
    expect(stdout).toBe("true\n");
  });

  it("asks the engine to stop when it is cancelled and waits for it", async () => {
    const box = sandbox();
    const cancellation = new AbortController();
    const script = "trap 'echo cancelled; exit 255' INT; echo ready; while :; do /bin/sleep 0.02; done";
    const run = await runPulumi(toolchain(box, script), [], {
      cwd: box.root,
      env: box.env,
      signal: cancellation.signal,
      onLine: (line) => line === "ready" && cancellation.abort(),
    });
    expect(run).toMatchObject({ exitCode: 255, stdout: "ready\ncancelled\n" });
  });

  it("does not interrupt an interactive engine again that the terminal has interrupted", async () => {
    const box = sandbox();
    const cancellation = new AbortController();
    const run = runPulumi(toolchain(box, "trap 'exit 9' INT; while :; do /bin/sleep 0.02; done"), [], {
      cwd: box.root,
      env: box.env,
      interactive: true,
      signal: cancellation.signal,
      patience: 0.05,
    });
    cancellation.abort("SIGINT");
    expect(await run).toMatchObject({ exitCode: 143 });
  });

  it("kills an engine that will not stop, and the children it put into groups of their own", async () => {
    const box = sandbox();
    const cancellation = new AbortController();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    // Job control gives each background job a process group.
    const script = `trap '' INT TERM; set -m; /bin/sleep 600 & echo $! > ${box.root}/plugin; echo ready; wait; wait`;
    const run = runPulumi(toolchain(box, script), [], {
      cwd: box.root,
      env: box.env,
      signal: cancellation.signal,
      onLine: (line) => {
        if (line !== "ready") return;
        cancellation.abort();
        vi.advanceTimersByTime(15_000);
      },
    });
    expect(await run.finally(() => vi.useRealTimers())).toMatchObject({ exitCode: 137 });
    expect(existsSync(join(box.root, "plugin"))).toBe(true);
    await vi.waitFor(() => expect(isRunning(Number(box.read("plugin")))).toBe(false), 30_000);
  });
});
