import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");

/** What `npm start` prints, run in the checkout with a temporary directory of its own; throws unless it ends with 0. */
async function tour(...args: readonly string[]): Promise<{ text: string; leftBehind: readonly string[] }> {
  const temporary = await mkdtemp(join(tmpdir(), "rolebook-test-"));
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ["src/cli/rolebook.js", "tour", ...args], {
      cwd: root,
      env: {
        ...process.env,
        TMPDIR: temporary,
        NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache"), // Node's own, which is there to stay
        FORCE_COLOR: undefined,
      },
    });
    return { text: stdout, leftBehind: readdirSync(temporary) };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

describe.each([
  { args: [], registration: "as a hook", login: "as a rule" },
  { args: ["--lane", "actions"], registration: "as an action", login: "as an action" },
])("npm start $args", ({ args, registration, login }) => {
  it("shows the way from YAML to tokens, and leaves nothing behind", async () => {
    const { text, leftBehind } = await tour(...args);
    expect(text).toContain(`assign-default-role, ${registration}`);
    expect(text).toContain(`deny-unlisted-roles, ${login}`);
    expect(text).toMatch(/\d+ unchanged, 0 changing calls/);
    expect(text).toContain("stored roles    Customer, given after the sign-up");
    expect(text).toContain("stored roles    Customer, given during this login");
    expect(text.match(/https:\/\/claims\.example\.test\/roles +\["Customer"\]/g)).toHaveLength(4);
    expect(text.match(/permissions +\["cancel:own-orders",/g)).toHaveLength(2);
    expect(text).toContain("403             POST /orders/1/refund: refused, her token lacks refund:orders");
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(leftBehind).toEqual([]);
  });
});
