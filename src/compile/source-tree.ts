// Where the files of a checkout are read from: the disk, or what version control keeps of another state of it.
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a folder holds by a name. */
export interface TreeEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "other";
}

/** What a path leads to. */
export interface TreeFile {
  readonly kind: TreeEntry["kind"];
  /** Bytes. */
  readonly size: number;
}

/**
 * Files by their paths, relative to the project's root, with forward slashes. Each method throws where nothing can be read,
 * with the reason in short as its `code`, such as `ENOENT`.
 */
export interface SourceTree {
  /** What the folder holds, in no order; "" is the root. */
  list(folder: string): readonly TreeEntry[];
  /** The file itself, not what a link leads to. */
  look(path: string): TreeFile;
  read(path: string): Uint8Array;
}

/** The tree of files below `root` on the disk. */
export function diskTree(root: string): SourceTree {
  return {
    list: (folder) =>
      readdirSync(join(root, folder), { withFileTypes: true }).map((entry) => ({
        name: entry.name,
        kind: kindOf(entry),
      })),
    look: (path) => {
      const status = lstatSync(join(root, path));
      return { kind: kindOf(status), size: status.size };
    },
    read: (path) => readFileSync(join(root, path)),
  };
}

function kindOf(entry: { isFile(): boolean; isDirectory(): boolean }): TreeEntry["kind"] {
  if (entry.isFile()) return "file";
  return entry.isDirectory() ? "folder" : "other";
}
