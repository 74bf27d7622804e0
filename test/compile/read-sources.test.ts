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
    write("rbac/.DS_Store", "");
    write("rbac/roles/.clerk.yaml.swp", "");
    write("README.md", "");
    const paths = ["Pulumi.dev.yaml", "Pulumi.yaml", "hooks/flows.ts", "rbac/roles/clerk.yaml"];
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

  it("names the first character that is not UTF-8 and reads the rest", () => {
    write("rbac/roles/clerk.yaml", Buffer.from("name: Clerk\nowner: B\xFCro\n", "latin1"));
    const { value, diagnostics } = readSources(root);
    expect(diagnostics.map(({ code, at }) => [code, at.start])).toEqual([
      ["unreadable-file", { line: 2, column: 9 }],
    ]);
    expect(value.at(-1)?.text).toBe("name: Clerk\nowner: B\uFFFDro\n");
  });

  it("does not read a file of more than a million bytes", () => {
    write("rbac/roles/clerk.yaml", "#".repeat(1_000_001));
    expect(read()).toEqual({
      paths: ["Pulumi.yaml"],
      found: [["limit-exceeded", "rbac/roles/clerk.yaml:1:1"]],
    });
  });
});
