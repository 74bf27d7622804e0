// A home, a cache and a PATH of fakes; nothing of the machine's own Pulumi or Go is seen.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Environment } from "../../../toolchain/index.ts";

export interface Sandbox {
  readonly root: string;
  readonly cache: string;
  readonly env: Environment & { readonly PATH: string };
  /** Puts a shell script on PATH; PATH has nothing else, so that it can use built-in commands and absolute paths. */
  command(name: string, script: string): string;
  /** Puts a `go` on PATH that compiles every package into a file and logs what it was asked. */
  go(build?: string): void;
  /** Creates a file and the directories above it. */
  file(path: string, text?: string): string;
  read(path: string): string;
}

/** A sandbox that is removed after the test. */
export function sandbox(): Sandbox {
  const root = mkdtempSync(join(tmpdir(), "rolebook-toolchain-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const file = (path: string, text = "") => {
    const absolute = join(root, path);
    mkdirSync(join(absolute, ".."), { recursive: true });
    writeFileSync(absolute, text, { mode: 0o755 });
    return absolute;
  };
  const command = (name: string, script: string) => file(`bin/${name}`, `#!/bin/sh\n${script}\n`);
  return {
    root,
    cache: join(root, "cache", "rolebook"),
    env: { HOME: join(root, "home"), XDG_CACHE_HOME: join(root, "cache"), PATH: join(root, "bin") },
    command,
    // $4 of `go build -v -o <file> …` is the file.
    go: (build = 'echo a/package >&2; echo binary > "$4"') =>
      void command("go", `echo "$1" "$PWD" >> ${root}/go.log\nif [ "$1" = build ]; then ${build}; fi`),
    file,
    read: (path) => readFileSync(join(root, path), "utf8"),
  };
}

/** A signal that never aborts. */
export const uncancelled = new AbortController().signal;

/** Whether a process still runs; one that has ended but was not collected by its parent does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
