import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../support/shipped.ts";

const parts = ["rbac", "hooks", "src", "package.json", "tsconfig.json", "Pulumi.yaml", "Pulumi.dev.yaml"];
const checkouts: string[] = [];
let printed: string;

/** Builds in a checkout of its own, machinery included, as somebody whose files get these modes. */
function buildIn(prefix: string, umask: string): string {
  const directory = mkdtempSync(join(tmpdir(), prefix));
  checkouts.push(directory);
  for (const part of parts) cpSync(join(root, part), join(directory, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  const command = `umask ${umask} && exec "${process.execPath}" src/cli/main.ts bundle`;
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], { cwd: directory, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  printed = stdout;
  return join(directory, "out");
}

const filesIn = (out: string) =>
  Object.fromEntries(
    readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name))] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

describe("rolebook bundle", () => {
  let [here, there]: readonly string[] = [];
  beforeAll(() => {
    [here, there] = [buildIn("rolebook-a-", "022"), buildIn("rolebook-another-folder-", "077")];
  });
  afterAll(() => {
    for (const each of checkouts) rmSync(each, { recursive: true });
  });

  it("writes the same bytes in two folders and by two umasks", () => {
    const [first, second] = [filesIn(here ?? ""), filesIn(there ?? "")];
    expect(Object.keys(first)).toEqual(Object.keys(second));
    for (const [name, bytes] of Object.entries(first))
      expect(bytes.equals(second[name] ?? bytes.subarray(1)), name).toBe(true);
    const modes = [here, there].map((out) => statSync(join(out ?? "", "report.txt")).mode & 0o777);
    expect(modes).toEqual([0o644, 0o600]);
  });

  it("prints of each bundle the size and the hash of the very file", () => {
    const files = filesIn(here ?? "");
    const rows = printed.split("\n").filter((line) => line.includes(".js "));
    expect(rows).toHaveLength(6);
    for (const row of rows) {
      const [name = "", size] = row.split(/ +/);
      const code = files[name] ?? Buffer.of();
      expect(row).toContain(createHash("sha256").update(code).digest("hex").slice(0, 12));
      expect(Number(size)).toBe(code.length);
    }
  });

  it("writes source maps that lead back to a policy's file, beside the code and not into it", () => {
    const { "login.rule.js": code, "login.rule.js.map": map } = filesIn(here ?? "");
    const line = code?.toString() ?? "";
    expect(line).not.toContain("sourceMappingURL");
    const map1 = new SourceMap(JSON.parse(map?.toString() ?? ""));
    const [before = ""] = line.split("firstLoginDateTime");
    const lines = before.split("\n");
    const entry = map1.findEntry(lines.length - 1, lines.at(-1)?.length ?? 0);
    expect(entry).toMatchObject({ originalSource: "hooks/record-first-login.ts" });
  });

  it("says in the report what takes the room, and where values come from", () => {
    const report = filesIn(here ?? "")["report.txt"]?.toString() ?? "";
    expect(report).toMatch(/\nlogin +rule +action\n/);
    expect(report).toMatch(/\n {2}hooks\/groups-to-roles\.ts +\d+ +\d+\n/);
    expect(report).toMatch(/\n {2}reads ROLEBOOK_ROLE_CUSTOMER +id of role customer\n/);
  });
});
