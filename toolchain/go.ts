// Go programs of the toolchain, compiled with the user's Go.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { withActivity } from "./activity.ts";
import type { GoProgram } from "./inputs.ts";
import { type Ended, type OnLine, runChild } from "./process.ts";
import { type Environment, Refusal, type Report } from "./types.ts";

/** What a build needs from outside. */
export interface GoBuild {
  /** Absolute path of the `go` command. */
  readonly go: string;
  /** The oldest Go that will do, for the error message. */
  readonly needed: string;
  readonly env: Environment;
  readonly report: Report;
  readonly signal: AbortSignal;
}

/** Compiles `program` into `directory`. Throws a `Refusal` with Go's own last lines if it fails. */
export async function buildGoProgram(program: GoProgram, directory: string, build: GoBuild): Promise<void> {
  const scratch = join(directory, ".go");
  mkdirSync(scratch);
  const run = (args: readonly string[], onLine: OnLine) =>
    runChild(build.go, args, {
      cwd: program.module,
      // Pure Go needs no C compiler. Go's scratch files go where an interrupted build is cleaned up.
      env: { ...build.env, CGO_ENABLED: "0", GOWORK: "off", GOTMPDIR: scratch },
      onLine,
      signal: build.signal,
    });
  const packages = await listStalePackages(program, build, run);
  await compile(program, directory, packages, build, run);
  rmSync(scratch, { recursive: true, force: true });
}

type Run = (args: readonly string[], onLine: OnLine) => Promise<Ended>;

// Needs all modules, so that it downloads them.
async function listStalePackages(program: GoProgram, build: GoBuild, run: Run): Promise<number> {
  const stale = "{{if .Stale}}{{.ImportPath}}{{end}}";
  return withActivity(build.report, `resolving the Go modules of ${program.title}`, async (activity) => {
    let modules = 0;
    const listed = await run(["list", "-deps", "-f", stale, ...program.flags, program.package], (line) => {
      if (line.startsWith("go: downloading ")) activity.progress({ done: ++modules, unit: "modules" });
    });
    check(listed, program, build);
    return listed.stdout.split("\n").filter(Boolean).length;
  });
}

async function compile(
  program: GoProgram,
  directory: string,
  total: number,
  build: GoBuild,
  run: Run,
): Promise<void> {
  await withActivity(build.report, `compiling ${program.title}`, async (activity) => {
    let done = 0;
    const output = join(directory, program.binary);
    const built = await run(["build", "-v", "-o", output, ...program.flags, program.package], () => {
      done = Math.min(done + 1, total);
      activity.progress({ done, total, unit: "packages" });
    });
    check(built, program, build);
  });
}

function check({ exitCode, stderr }: Ended, program: GoProgram, { go, needed, signal }: GoBuild): void {
  signal.throwIfAborted();
  if (exitCode === 0) return;
  const said = stderr
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("go: downloading "))
    .slice(-3)
    .join("\n");
  throw new Refusal(
    "build-failed",
    `${go} cannot build ${program.title}: ${said}`,
    `make sure that this is Go ${needed} or newer and that it can fetch modules ("go env GOPROXY"), or install Pulumi`,
  );
}
