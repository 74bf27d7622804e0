// The checks every change has to pass, as tests: quiet when all is well, the tool's own words when not.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);
const root = `${import.meta.dirname}/../..`;

/** What a tool printed, empty if it ended with 0. */
async function complaints(tool: string, ...args: string[]): Promise<string> {
  try {
    await run(`${root}/node_modules/.bin/${tool}`, args, { cwd: root, maxBuffer: 1 << 26 });
    return "";
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }; // what execFile rejects with
    return `${stdout}${stderr}`;
  }
}

describe("the house", () => {
  it("type-checks", async () => {
    expect(await complaints("tsc", "-p", ".")).toBe("");
  });

  it("is formatted and linted", async () => {
    expect(await complaints("biome", "check", "--error-on-warnings", ".")).toBe("");
  });

  it("imports in the allowed directions only", async () => {
    const folders = ["index.ts", "src", "hooks", "tenant", "toolchain", "bench"];
    expect(await complaints("depcruise", "--config", ".dependency-cruiser.mjs", ...folders)).toBe("");
  });

  it("holds no dead code and no dependency that nothing uses", async () => {
    expect(await complaints("knip", "--no-progress")).toBe("");
  });
});
