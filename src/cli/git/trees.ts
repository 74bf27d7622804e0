// Files of commits and of the index, from git's objects: nothing is checked out.
import { diskTree, type SourceTree, type TreeEntry } from "../../compile/index.ts";
import { Failure } from "../failure.ts";
import type { Repository, Revision } from "./repository.ts";
import { gitOutput } from "./run-git.ts";

/** Bytes that are read of all files of both sides together. */
const mostBytes = 256_000_000;
/** Bytes of the largest file that is read; what people write is held to less. */
const mostFileBytes = 64_000_000;

interface ListedFile {
  readonly path: string;
  readonly mode: string;
  readonly id: string;
  readonly size: number;
}

/** The trees of the revisions, in their order; what they have in common is read once. */
export function treesOf(repository: Repository, revisions: readonly Revision[]): readonly SourceTree[] {
  const listed = revisions.map((revision) => listFiles(repository, revision));
  const contents = readBlobs(repository, listed.flatMap((files) => files ?? []).filter(isRead));
  return listed.map((files) => (files ? treeOf(files, contents) : diskTree(repository.root)));
}

/** What a project consists of, with the entries of its root. Undefined for the working tree. */
function listFiles(repository: Repository, revision: Revision): readonly ListedFile[] | undefined {
  switch (revision.kind) {
    case "worktree":
      return undefined;
    case "index":
      return filesOfIndex(repository);
    case "commit":
      return filesOfCommit(repository, revision.id);
  }
}

function filesOfCommit({ root, prefix }: Repository, commit: string): readonly ListedFile[] {
  const tree = `${commit}:${prefix}`;
  const list = (...args: readonly string[]) =>
    recordsOf(gitOutput(root, ["ls-tree", "-l", "-z", "--full-tree", ...args])).map((record): ListedFile => {
      const [, mode = "", id = "", size = "", path = ""] =
        /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(record) ?? [];
      return { path, mode, id, size: Number(size) || 0 };
    });
  return [...list(tree).filter(({ path }) => !folders.includes(path)), ...list("-r", tree, ...folders)];
}

const folders = ["rbac", "hooks"];

function filesOfIndex({ root }: Repository): readonly ListedFile[] {
  const paths = [...folders, ":(glob)Pulumi*.yaml"];
  const entries = recordsOf(gitOutput(root, ["ls-files", "--stage", "-z", "--", ...paths])).map((record) => {
    const [, mode = "", id = "", stage = "", path = ""] =
      /^(\d+) ([0-9a-f]+) (\d)\t(.*)$/s.exec(record) ?? [];
    return { mode, id, stage, path };
  });
  const unmerged = entries.find(({ stage }) => stage !== "0");
  if (unmerged)
    throw new Failure(`the index holds several versions of "${unmerged.path}"`, "finish the merge first");
  const ids = entries.map(({ id }) => `${id}\n`).join("");
  const sizes = gitOutput(root, ["cat-file", "--batch-check=%(objectsize)"], ids).toString().split("\n");
  return entries.map(({ mode, id, path }, index) => ({ path, mode, id, size: Number(sizes[index]) || 0 }));
}

function recordsOf(output: Buffer): readonly string[] {
  return output.toString().split("\0").slice(0, -1);
}

/** True for what anybody may ask for: declarations, locks, stack files and policies. */
function isRead({ path, mode, size }: ListedFile): boolean {
  const isPart = /^(Pulumi[^/]*\.yaml|rbac\/.*|hooks\/.*\.(ts|lock))$/s.test(path);
  return isPart && kindOfMode(mode) === "file" && size <= mostFileBytes;
}

/** The blobs by their ids. A Failure if there is too much of it, or if some are not here. */
function readBlobs({ root }: Repository, files: readonly ListedFile[]): ReadonlyMap<string, Uint8Array> {
  const sizes = new Map(files.map(({ id, size }) => [id, size]));
  const total = sizes.values().reduce((sum, size) => sum + size, 0);
  if (total > mostBytes)
    throw new Failure(`rbac/, hooks/ and the stack files have ${total} bytes, ${mostBytes} at most are read`);
  const ids = [...sizes.keys()];
  const output = gitOutput(root, ["cat-file", "--batch"], ids.map((id) => `${id}\n`).join(""));
  const blobs = new Map<string, Uint8Array>();
  let from = 0;
  for (const id of ids) {
    const end = output.indexOf("\n", from);
    const [, type, size = ""] = output.toString("latin1", from, end).split(" ");
    if (type !== "blob")
      throw new Failure(`git's object ${id} is not in this clone`, "the clone is partial: fetch all of it");
    const start = end + 1;
    from = start + Number(size) + 1;
    blobs.set(id, output.subarray(start, from - 1));
  }
  return blobs;
}

function treeOf(files: readonly ListedFile[], contents: ReadonlyMap<string, Uint8Array>): SourceTree {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const byFolder = new Map<string, Map<string, TreeEntry["kind"]>>([["", new Map()]]);
  for (const { path, mode } of files) {
    const names = path.split("/");
    for (const [depth, name] of names.entries()) {
      const folder = names.slice(0, depth).join("/");
      const kind = depth < names.length - 1 ? "folder" : kindOfMode(mode);
      const entries = byFolder.get(folder) ?? new Map<string, TreeEntry["kind"]>();
      byFolder.set(folder, entries.set(name, kind));
    }
  }
  return {
    list(folder) {
      const entries = byFolder.get(folder);
      if (!entries) throw unreadable(byPath.get(folder));
      return [...entries].map(([name, kind]) => ({ name, kind }));
    },
    look(path) {
      const file = byPath.get(path);
      if (file) return { kind: kindOfMode(file.mode), size: file.size };
      if (byFolder.has(path)) return { kind: "folder", size: 0 };
      throw unreadable(undefined);
    },
    read(path) {
      const file = byPath.get(path);
      const bytes = file && contents.get(file.id);
      if (!bytes) throw unreadable(file);
      return bytes;
    },
  };
}

/** Of git's kinds of entries: files, executable or not, and folders; links and submodules are other. */
function kindOfMode(mode: string): TreeEntry["kind"] {
  if (mode.startsWith("100")) return "file";
  return mode === "040000" ? "folder" : "other";
}

function unreadable(file: ListedFile | undefined): Error {
  const code = file === undefined ? "ENOENT" : file.mode === "160000" ? "it is a submodule" : "ENOTDIR";
  return Object.assign(new Error(code), { code });
}
