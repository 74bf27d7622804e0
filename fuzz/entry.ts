// What may stand at a path of a checkout, files of text being only one of them.
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A file, or something where a file is expected. */
export type Entry =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bytes"; readonly hex: string }
  | { readonly kind: "zeros"; readonly size: number }
  | { readonly kind: "folder" }
  | { readonly kind: "link"; readonly target: string };

/** A checkout's entries by path. */
export type Entries = ReadonlyMap<string, Entry>;

/** Writes the entries below the root; those whose name the disk does not take are left out. */
export function writeEntries(root: string, entries: Entries): void {
  for (const [path, entry] of entries) {
    try {
      writeEntry(join(root, path), entry);
    } catch (error) {
      if (!(error instanceof Error && "syscall" in error)) throw error;
    }
  }
}

function writeEntry(path: string, entry: Entry): void {
  mkdirSync(entry.kind === "folder" ? path : dirname(path), { recursive: true });
  switch (entry.kind) {
    case "text":
      writeFileSync(path, entry.text);
      break;
    case "bytes":
      writeFileSync(path, Buffer.from(entry.hex, "hex"));
      break;
    case "zeros":
      writeFileSync(path, "");
      truncateSync(path, entry.size);
      break;
    case "link":
      symlinkSync(entry.target, path);
      break;
  }
}

/** The entry as a person needs it to make it again: its text, or what it is. */
export function describeEntry(entry: Entry): string {
  switch (entry.kind) {
    case "text":
      return entry.text.length > 2000
        ? `${entry.text.slice(0, 2000)}… (${entry.text.length} characters)`
        : entry.text;
    case "bytes":
      return `(bytes ${entry.hex})`;
    case "zeros":
      return `(${entry.size} zeros)`;
    case "folder":
      return "(a folder)";
    case "link":
      return `(a link to ${entry.target})`;
  }
}
