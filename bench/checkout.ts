import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..");

/** What a checkout needs to be checked and applied; `rbac/` is the estate's. */
const parts = [
  ...["package.json", "index.ts", "src", "hooks", "tenant", "toolchain"],
  ...["Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.staging.yaml"],
];

/** Runs `use` on a temporary checkout with these files, which is gone when it has returned. */
export function withCheckout<T>(files: ReadonlyMap<string, string>, use: (directory: string) => T): T {
  const directory = makeCheckout(files);
  try {
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Makes a temporary checkout with these files; gives its directory, to be deleted by the caller. */
export function makeCheckout(files: ReadonlyMap<string, string>): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "rolebook-bench-")));
  for (const part of parts) cpSync(join(root, part), join(directory, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
}
