import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSources } from "../../src/compile/index.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "rolebook-sources-"));
  write("Pulumi.yaml", "name: rolebook\n");
  write("rbac/roles/clerk.yaml", "name: Clerk\n");
});

afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** Paths that were read, and what was found: code and place. */
function read() {
  const { value, diagnostics } = readSources(root);
  return {
    paths: value.map(({ path }) => path),
    found: diagnostics.map(({ code, at }) => [code, `${at.file}:${at.start.line}:${at.start.column}`]),
  };
}

describe("reading sources", () => {
  it("finds declarations, stacks and policies, sorted by path, and nothing else", () => {
    write("Pulumi.dev.yaml", "");
    write("Pulumi.md", "");
    write("hooks/flows.ts", "");
    write("hooks/notes.md", "");
    write("hooks/folder.ts/policy.ts", "");
    write("rbac/access.lock", "");
    write("rbac/.DS_Store", "");
    write("rbac/roles/.clerk.yaml.swp", "");
    write("README.md", "");
    const paths = [
      "Pulumi.dev.yaml",
      "Pulumi.yaml",
      "hooks/flows.ts",
      "hooks/folder.ts/policy.ts",
      "rbac/roles/clerk.yaml",
    ];
    expect(read()).toEqual({ paths, found: [] });
  });

  it("names a Pulumi.yaml and an rbac folder that are missing", () => {
    rmSync(join(root, "Pulumi.yaml"));
    rmSync(join(root, "rbac"), { recursive: true });
    expect(read()).toEqual({
      paths: [],
      found: [
        ["unreadable-file", "Pulumi.yaml:1:1"],
        ["unreadable-file", "rbac:1:1"],
      ],
    });
  });

  it("names folders and links that stand for files", () => {
    mkdirSync(join(root, "rbac/roles/folder.yaml"));
    symlinkSync("clerk.yaml", join(root, "rbac/roles/link.yaml"));
    expect(read()).toEqual({
      paths: ["Pulumi.yaml", "rbac/roles/clerk.yaml"],
      found: [
        ["unreadable-file", "rbac/roles/folder.yaml:1:1"],
        ["unreadable-file", "rbac/roles/link.yaml:1:1"],
      ],
    });
  });

  it("names what nothing reads", () => {
    write("rbac/roles/cashier.yml", "");
    write("rbac/role/cashier.yaml", "");
    write("rbac/notes.yaml", "");
    write("rbac/roles/old/cashier.yaml", "");
    expect(read().found.toSorted()).toEqual([
      ["unexpected-file", "rbac/notes.yaml:1:1"],
      ["unexpected-file", "rbac/role:1:1"],
      ["unexpected-file", "rbac/roles/cashier.yml:1:1"],
      ["unexpected-file", "rbac/roles/old:1:1"],
    ]);
  });

  it("says what files of a folder are named, and what rbac/ has", () => {
    write("rbac/roles/cashier.yml", "");
    write("rbac/role/cashier.yaml", "");
    expect(readSources(root).diagnostics.map(({ message, help }) => [message, help])).toEqual([
      [
        "nothing reads this",
        'rbac/ has the folders "apis", "roles", "groups", "clients" and the files "guardrails.yaml", "accepted-warnings.yaml"',
      ],
      ["nothing reads this", "files of rbac/roles/ are named <key>.yaml"],
    ]);
  });

  it("says why something cannot be read", () => {
    rmSync(join(root, "rbac"), { recursive: true });
    rmSync(join(root, "Pulumi.yaml"));
    write("rbac", "a file\n");
    mkdirSync(join(root, "Pulumi.yaml"));
    symlinkSync("elsewhere", join(root, "Pulumi.dev.yaml"));
    expect(readSources(root).diagnostics.map(({ message, at }) => `${at.file}: ${message}`)).toEqual([
      "rbac: folder cannot be read: ENOTDIR",
      "Pulumi.dev.yaml: expected a file, found a link or device",
      "Pulumi.yaml: expected a file, found a folder",
    ]);
  });

  it("names a root that is none, and how to say where it is", () => {
    const { diagnostics } = readSources(join(root, "nowhere"));
    expect(diagnostics.map(({ message, at, help }) => [at.file, message, help])).toEqual([
      [".", "folder cannot be read: ENOENT", undefined],
      [
        "Pulumi.yaml",
        "file does not exist",
        "run Rolebook in the root of a checkout, or say where it is with --root",
      ],
      ["rbac", "folder cannot be read: ENOENT", undefined],
    ]);
  });

  it("names the first character that is not UTF-8 and reads the rest", () => {
    write("rbac/roles/clerk.yaml", Buffer.from("name: Clerk\nowner: B\xFCro\n", "latin1"));
    const { value, diagnostics } = readSources(root);
    expect(diagnostics.map(({ code, at }) => [code, at])).toEqual([
      [
        "unreadable-file",
        { file: "rbac/roles/clerk.yaml", start: { line: 2, column: 9 }, end: { line: 2, column: 10 } },
      ],
    ]);
    expect(value.at(-1)?.text).toBe("name: Clerk\nowner: B\uFFFDro\n");
  });

  it("does not read a file of more than a million bytes", () => {
    write("rbac/roles/clerk.yaml", "#".repeat(1_000_000));
    expect(read()).toEqual({ paths: ["Pulumi.yaml", "rbac/roles/clerk.yaml"], found: [] });
    write("rbac/roles/clerk.yaml", "#".repeat(1_000_001));
    expect(read()).toEqual({
      paths: ["Pulumi.yaml"],
      found: [["limit-exceeded", "rbac/roles/clerk.yaml:1:1"]],
    });
  });
});
