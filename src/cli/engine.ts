import { existsSync, mkdirSync } from "node:fs";
import { z } from "zod";
import {
  ensureToolchain,
  type PulumiRun,
  type RunOptions,
  runPulumi,
  type Toolchain,
  writeProgress,
} from "../../toolchain/index.ts";
import { Failure } from "./failure.ts";

/** The toolchain, made if it is missing; progress goes to the standard error. Throws a Failure that says the way out. */
export async function getToolchain(signal: AbortSignal): Promise<Toolchain> {
  const { stderr } = process;
  const report = writeProgress({
    write: (text) => stderr.write(text),
    columns: stderr.isTTY ? stderr.columns : 0,
  });
  const toolchain = await ensureToolchain({ env: process.env, report, signal });
  if (toolchain.source === "none") throw new Failure(toolchain.message, toolchain.help);
  return toolchain;
}

/** Makes the dev stack in the file backend at `backend`, unless it is there. */
export async function ensureStack(toolchain: Toolchain, backend: string, options: RunOptions): Promise<void> {
  if (existsSync(`${backend}/.pulumi/stacks/rolebook/dev.json`)) return;
  mkdirSync(backend, { recursive: true });
  const { cwd, env } = options;
  const made = await runPulumi(toolchain, ["stack", "init", "dev", "--no-select"], { cwd, env });
  if (made.exitCode !== 0) throw new Failure(firstError(made), "see the message of the engine above");
}

const outputs = z.object({ clientIds: z.record(z.string(), z.string()) });

/** The ids that applications sign in with, by the client's key; as the last `up` of the stack has told them. */
export async function readClientIds(
  toolchain: Toolchain,
  options: RunOptions,
): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await runPulumi(toolchain, ["stack", "output", "--json"], options);
  const { data } = outputs.safeParse(JSON.parse(stdout || "{}"));
  if (!data) throw new Failure("nothing has been applied to the stack yet", 'run "npm run up" first');
  return data.clientIds;
}

/** What a stack has told by its outputs; secret ones are hidden. A Failure in the engine's words if there is no such stack. */
export async function readOutputs(
  toolchain: Toolchain,
  stack: string,
  options: RunOptions,
): Promise<unknown> {
  const read = await runPulumi(toolchain, ["stack", "output", "--json", "--stack", stack], options);
  if (read.exitCode === 0) return JSON.parse(read.stdout);
  throw new Failure(
    `the stack "${stack}" cannot be read: ${firstError(read).replace(/^error: /, "")}`,
    '"pulumi stack ls" shows the stacks of the backend, "pulumi whoami -v" which one it is',
  );
}

/** The engine's own words about what went wrong: its first line with "error:", else its last line. */
function firstError({ stdout, stderr }: PulumiRun): string {
  const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => line.trim() !== "");
  return (lines.find((line) => /error:/.test(line)) ?? lines.at(-1) ?? "the engine said nothing").trim();
}
