import { spawnSync } from "node:child_process";
import { Failure } from "../failure.ts";

/** What git came to; `output` is all it wrote to its standard output. */
export interface GitRun {
  readonly status: number;
  readonly output: Buffer;
  /** The first line of its complaint. */
  readonly complaint: string;
}

/** Bytes that one run may give: more than all that is read of two commits. */
const mostOutput = 512_000_000;

/**
 * Runs git in `root` for reading objects. It runs nothing that the repository names, writes nothing, and reaches no network:
 * objects that a partial clone lacks stay lacking. A Failure if there is no git.
 */
export function runGit(root: string, args: readonly string[], input?: string): GitRun {
  const guards = ["--no-replace-objects", "-c", "core.fsmonitor=false"];
  const { status, stdout, stderr, error } = spawnSync("git", [...guards, ...args], {
    cwd: root,
    input: input ?? "",
    maxBuffer: mostOutput,
    env: {
      ...process.env,
      LC_ALL: "C",
      GIT_OPTIONAL_LOCKS: "0",
      GIT_NO_LAZY_FETCH: "1",
      GIT_ALLOW_PROTOCOL: "none", // for gits that do not know the one before
    },
  });
  if (error) {
    const isMissing = "code" in error && error.code === "ENOENT";
    throw new Failure(isMissing ? "git cannot be run" : `git cannot be run: ${error.message}`, "install git");
  }
  const [complaint = ""] = stderr.toString().split("\n");
  return { status: status ?? 1, output: stdout, complaint: complaint.replace(/^fatal: /, "") };
}

/** What git writes. A Failure with its complaint if it ends with an error. */
export function gitOutput(root: string, args: readonly string[], input?: string): Buffer {
  const { status, output, complaint } = runGit(root, args, input);
  if (status !== 0) throw new Failure(`git ${args[0]}: ${complaint || `ended with ${status}`}`);
  return output;
}
