import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

const own = join(import.meta.dirname, "../..");

/**
 * The root of a checkout with this one's machinery and these files, by path; with the shipped policies, too, unless
 * `files` replaces them. Gone when the test ends.
 */
export function checkout(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "rolebook-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  cpSync(join(own, "package.json"), join(root, "package.json"));
  symlinkSync(join(own, "src"), join(root, "src"));
  cpSync(join(own, "hooks"), join(root, "hooks"), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}
