import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { readInputs } from "../../toolchain/inputs.ts";
import { isRunning, type Sandbox, sandbox } from "./support/sandbox.ts";

const program = fileURLToPath(new URL("support/ensure-process.ts", import.meta.url));
const inputs = readInputs();

/** A `go` that waits until there is a file `go-ahead`, and leaves its process id and that of a compiler. */
const patientBuild = ({ root }: Sandbox) =>
  `/bin/sleep 600 & echo $! > ${root}/compiler; echo $$ > ${root}/go.pid; ` +
  `while [ ! -e ${root}/go-ahead ]; do /bin/sleep 0.02; done; kill $!; echo binary > "$4"`;

interface Run {
  readonly child: ChildProcess;
  readonly lines: string[];
  readonly ended: Promise<unknown>;
}

function start(box: Sandbox): Run {
  const child = spawn(process.execPath, [program], { env: box.env, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  return { child, lines, ended: once(child, "close") };
}

const pidIn = (box: Sandbox, file: string) => Number(box.read(file));

const startsCompiling = (box: Sandbox) =>
  vi.waitFor(() => expect(existsSync(join(box.root, "go.pid"))).toBe(true), 30_000);

describe("two runs at once", () => {
  it("build once: the second waits, says so and has the first one's toolchain", async () => {
    const box = sandbox();
    box.go(patientBuild(box));
    const first = start(box);
    await startsCompiling(box);
    const second = start(box);
    const waits = `started waiting for process ${first.child.pid}, which is making ${inputs.engine.title}`;
    await vi.waitFor(() => expect(second.lines).toContain(waits), 30_000);
    box.file("go-ahead");
    await Promise.all([first.ended, second.ended]);
    expect(box.read("go.log").match(/^build /gm)).toHaveLength(2);
    for (const { lines } of [first, second]) {
      expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ source: "built", plugin: "built" });
    }
  });
});

describe("an interrupted build", () => {
  it("ends the compilers, leaves nothing in the cache and says that it was cancelled", async () => {
    const box = sandbox();
    box.go(patientBuild(box));
    const run = start(box);
    await startsCompiling(box);
    run.child.kill("SIGTERM");
    await run.ended;
    expect(JSON.parse(run.lines.at(-1) ?? "")).toMatchObject({ source: "none", reason: "cancelled" });
    await vi.waitFor(() =>
      expect([pidIn(box, "go.pid"), pidIn(box, "compiler")].filter(isRunning)).toEqual([]),
    );
    expect(readdirSync(box.cache)).toEqual([]);
  });

  it("that was killed is cleaned up and done again by the next run", async () => {
    const box = sandbox();
    box.go(patientBuild(box));
    const killed = start(box);
    await startsCompiling(box);
    killed.child.kill("SIGKILL");
    await killed.ended;
    process.kill(pidIn(box, "go.pid"), "SIGKILL");
    process.kill(pidIn(box, "compiler"), "SIGKILL");
    expect(readdirSync(box.cache)).toHaveLength(2);
    box.file("go-ahead");
    const next = start(box);
    await next.ended;
    expect(readdirSync(box.cache).sort()).toEqual(
      [inputs.commandLine, inputs.engine.part, inputs.provider.part].sort(),
    );
  });
});
