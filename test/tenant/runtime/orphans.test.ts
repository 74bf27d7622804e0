import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";

const program = `
import { createRuntime } from ${JSON.stringify(new URL("../../../tenant/runtime/index.ts", import.meta.url).href)};
import { execFileSync } from "node:child_process";
const code = "exports.onExecutePostLogin = () => { console.log('looping'); for (;;); };";
const runtime = createRuntime();
void runtime.runActions("post-login", [{ name: "loops", code, secrets: {} }], {});
const find = () => execFileSync("ps", ["--ppid", String(process.pid), "-o", "pid=,time=,args="]).toString();
const timer = setInterval(() => {
  const line = find().split("\\n").find((each) => each.includes("sandbox/main"));
  const [pid, time] = line?.trim().split(/\\s+/) ?? [];
  if (pid === undefined || time < "00:00:01") return;
  console.log(pid);
  clearInterval(timer);
}, 50);
`;

describe("a sandbox whose tenant is killed", () => {
  it("ends, though its policy is in an endless loop", async () => {
    const tenant = spawn(process.execPath, ["--input-type=module", "--eval", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(tenant.stdout, "data")) as [Buffer];
    const sandbox = `/proc/${Number(line)}`;
    expect(existsSync(sandbox)).toBe(true);
    tenant.kill("SIGKILL");
    await vi.waitUntil(() => !existsSync(sandbox), { timeout: 5000 });
  }, 20_000);
});
