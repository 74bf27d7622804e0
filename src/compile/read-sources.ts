// Which files of a checkout people edit, and their text.
import { basename } from "node:path";
import type { Checked } from "../model/diagnostic.ts";
import { type SourceFile, type Span, startOf } from "../model/source.ts";
import { collector, type Report } from "./report.ts";
import {
  acceptedWarningsFile,
  generatedFiles,
  guardrailsFile,
  kindOf,
  kindOfFolder,
  projectFile,
} from "./source-kind.ts";
import { diskTree, type SourceTree, type TreeEntry } from "./source-tree.ts";
import { listed } from "./wording.ts";

/** Bytes of the largest file that is read. */
const mostBytes = 1_000_000;

/** The files that people edit below `root` on the disk: see `readTree`. */
export function readSources(root: string): Checked<readonly SourceFile[]> {
  return readTree(diskTree(root));
}

/**
 * The files of the tree that people edit, sorted by path: rbac/, Pulumi.yaml, Pulumi.<stack>.yaml, and the policies of
 * hooks/, which are read for showing their lines only. What cannot be read or does not belong into rbac/ is reported and
 * left out. Files whose name starts with a dot are ignored.
 */
export function readTree(tree: SourceTree): Checked<readonly SourceFile[]> {
  const { report, diagnostics } = collector();
  const paths = [...stagePaths(tree, report), ...declaredPaths(tree, report), ...policyPaths(tree)].sort();
  const value = paths.flatMap((path) => readSource(tree, path, report) ?? []);
  return { value, diagnostics };
}

function stagePaths(tree: SourceTree, report: Report): readonly string[] {
  const paths = entriesOf(tree, "", report)
    .map(({ name }) => name)
    .filter((name) => kindOf(name) !== undefined);
  if (!paths.includes(projectFile))
    report("unreadable-file", startOf(projectFile), "file does not exist", {
      help: "run Rolebook in the root of a checkout, or say where it is with --root",
    });
  return paths;
}

/** The files of rbac/ and its folders; a folder that is missing declares nothing. */
function declaredPaths(tree: SourceTree, report: Report): readonly string[] {
  return entriesOf(tree, "rbac", report).flatMap((entry) => {
    const folder = `rbac/${entry.name}`;
    if (kindOf(folder) !== undefined) return [folder];
    if (generatedFiles.includes(folder)) return [];
    if (entry.kind !== "folder" || !Object.hasOwn(kindOfFolder, entry.name)) {
      reportUnexpected(folder, report);
      return [];
    }
    return entriesOf(tree, folder, report).flatMap(({ name }) => {
      const path = `${folder}/${name}`;
      if (kindOf(path) !== undefined) return [path];
      reportUnexpected(path, report);
      return [];
    });
  });
}

/** Whether they are there is for whoever loads them to tell. */
function policyPaths(tree: SourceTree, folder = "hooks"): readonly string[] {
  const ignore = () => {};
  return entriesOf(tree, folder, ignore).flatMap(({ name, kind }) => {
    const path = `${folder}/${name}`;
    if (kind === "folder") return name === "node_modules" ? [] : policyPaths(tree, path);
    return kind === "file" && name.endsWith(".ts") ? [path] : [];
  });
}

function reportUnexpected(path: string, report: Report): void {
  const [, folder] = path.split("/");
  const known = folder !== undefined && Object.hasOwn(kindOfFolder, folder);
  report("unexpected-file", startOf(path), "nothing reads this", {
    help: known
      ? `files of rbac/${folder}/ are named <key>.yaml`
      : `rbac/ has the folders ${listed(Object.keys(kindOfFolder))} and the files ${listed([guardrailsFile, acceptedWarningsFile].map((path) => basename(path)))}`,
  });
}

function entriesOf(tree: SourceTree, folder: string, report: Report): readonly TreeEntry[] {
  try {
    return tree.list(folder).filter(({ name }) => !name.startsWith("."));
  } catch (error) {
    report("unreadable-file", startOf(folder || "."), `folder cannot be read: ${reasonOf(error)}`);
    return [];
  }
}

/** The file's text; of one that is not UTF-8 with a mark for each byte that is wrong, so that the rest is checked. */
function readSource(tree: SourceTree, path: string, report: Report): SourceFile | undefined {
  const start = startOf(path);
  try {
    const { kind, size } = tree.look(path);
    if (kind !== "file") {
      report(
        "unreadable-file",
        start,
        `expected a file, found ${kind === "folder" ? "a folder" : "a link or device"}`,
      );
      return undefined;
    }
    if (size > mostBytes) {
      report("limit-exceeded", start, `file has ${size} bytes, ${mostBytes} at most are read`);
      return undefined;
    }
    const bytes = tree.read(path);
    const text = new TextDecoder().decode(bytes);
    if (!isUtf8(bytes)) report("unreadable-file", firstMark(path, text), "file is not UTF-8 from here on");
    return { path, text };
  } catch (error) {
    report("unreadable-file", start, `file cannot be read: ${reasonOf(error)}`);
    return undefined;
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Where the first character stands that replaces a wrong byte. */
function firstMark(file: string, text: string): Span {
  const before = text.slice(0, text.indexOf("\uFFFD")).split("\n");
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  return { file, start: { line, column }, end: { line, column: column + 1 } };
}

/** The system's short name of what went wrong, such as `EACCES`. */
function reasonOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
