// Copies of the checkout to break, and the command line that looks at them.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { root } from "./shipped.ts";

/** What a command of the command line came to. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `rolebook` in the checkout itself, as its users do. */
export function rolebook(...args: readonly string[]): Outcome {
  return rolebookIn(root, args);
}

function rolebookIn(cwd: string, args: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "src/cli/rolebook.js"), ...args],
    {
      cwd,
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

/** All that the checks look at. */
const parts = ["rbac", "hooks", "src", "package.json", "tsconfig.json", "Pulumi.yaml", "Pulumi.prod.yaml"];

/** A copy of the checkout to write into. */
export interface Copy {
  readonly path: string;
  write(file: string, text: string): void;
  edit(file: string, change: (text: string) => string): void;
  /** Runs `rolebook` in it. */
  rolebook(...args: readonly string[]): Outcome;
  remove(): void;
}

/** A copy for the tests around it, made and prepared before them and removed after. */
export function useCopy(prepare: (copy: Copy) => void): () => Copy {
  let copy: Copy | undefined;
  beforeAll(() => {
    copy = copyCheckout();
    prepare(copy);
  });
  afterAll(() => copy?.remove());
  return () => {
    if (!copy) throw new Error("the copy is there only while tests run");
    return copy;
  };
}

function copyCheckout(): Copy {
  const path = mkdtempSync(join(tmpdir(), "rolebook-copy-"));
  for (const part of parts) cpSync(join(root, part), join(path, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(path, "node_modules"));
  const write = (file: string, text: string) => writeFileSync(join(path, file), text);
  return {
    path,
    write,
    edit: (file, change) => write(file, change(readFileSync(join(path, file), "utf8"))),
    rolebook: (...args) => rolebookIn(path, args),
    remove: () => rmSync(path, { recursive: true }),
  };
}
