// Which states of a checkout there are: commits, the index, the working tree.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Failure } from "../failure.ts";
import { gitOutput, runGit } from "./run-git.ts";

/** A repository, seen from a folder in it. */
export interface Repository {
  readonly root: string;
  /** Where the folder is in the repository: "" or a path that ends in "/". */
  readonly prefix: string;
}

/** A state of the files that git or the disk keeps. */
export type Revision =
  | { readonly kind: "commit"; readonly name: string; readonly id: string }
  | { readonly kind: "index" | "worktree"; readonly name: string };

/** The repository around `root`; a bare one has its root at its top. A Failure if there is none. */
export function repositoryAt(root = "."): Repository {
  const path = resolve(root);
  if (!existsSync(path)) throw new Failure(`"${root}" does not exist`);
  const { status, output, complaint } = runGit(path, ["rev-parse", "--show-prefix"]);
  if (status !== 0)
    throw new Failure(`"${path}" is in no git repository: ${complaint}`, "name a checkout with --root");
  return { root: path, prefix: output.toString().replace(/\n$/, "") };
}

/** What `index`, `worktree` or a revision such as `origin/main` stands for. A Failure if there is no such commit. */
export function findRevision({ root }: Repository, name: string, option: string): Revision {
  if (name === "index" || name === "worktree") return { kind: name, name };
  const { status, output } = name.startsWith("-")
    ? { status: 1, output: "" }
    : runGit(root, ["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
  if (status === 0) return { kind: "commit", name, id: output.toString().trim() };
  const isShallow = gitOutput(root, ["rev-parse", "--is-shallow-repository"]).toString().trim() === "true";
  throw new Failure(
    `--${option}: no commit "${name}" is in this repository`,
    isShallow
      ? `the clone is shallow: get it with "git fetch --depth=1 origin <commit>", or all with "git fetch --unshallow"`
      : `get it with "git fetch", or look for it with "git log --all"`,
  );
}

/** True if all that is in `ancestor` is in `commit`, too; undefined if the clone is too shallow to tell. */
export function contains({ root }: Repository, commit: string, ancestor: string): boolean | undefined {
  const { status } = runGit(root, ["merge-base", "--is-ancestor", ancestor, commit]);
  if (status === 0) return true;
  const isShallow = gitOutput(root, ["rev-parse", "--is-shallow-repository"]).toString().trim() === "true";
  return status === 1 && !isShallow ? false : undefined;
}
