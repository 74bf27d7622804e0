import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { filesOfDeclarations, locksOf, staleFiles, writeGenerated } from "../../src/cli/generated-files.ts";
import { readEstate } from "../../src/estate.ts";
import { root as own } from "../support/shipped.ts";

const estate = readEstate(own);
const files = [...filesOfDeclarations(estate.declarations), ...locksOf(estate)];
const paths = [
  "hooks/catalogue.ts",
  "docs/schema/api.json",
  "docs/schema/role.json",
  "docs/schema/group.json",
  "docs/schema/client.json",
  "docs/schema/guardrails.json",
  "docs/schema/accepted-warnings.json",
  "rbac/access.lock",
  "hooks/flows.lock",
];

/** The root of a folder that holds the generated files of this checkout. */
function copy(): string {
  const root = mkdtempSync(join(tmpdir(), "rolebook-generated-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const path of paths) cpSync(join(own, path), join(root, path));
  return root;
}

describe("generated files", () => {
  it("are current in this checkout", () => {
    expect(staleFiles(own, estate)).toEqual([]);
  });

  it.each(paths)("are stale when %s is missing, and current once they are written", (path) => {
    const root = copy();
    rmSync(join(root, path));
    expect(staleFiles(root, estate)).toMatchObject([
      {
        code: "stale-file",
        message: `"${path}" is not what the declarations come to: there is no such file`,
        at: { file: path, start: { line: 1, column: 1 } },
      },
    ]);
    expect(writeGenerated(root, files)).toEqual([path]);
    expect(staleFiles(root, estate)).toEqual([]);
    expect(readFileSync(join(root, path), "utf8")).toBe(readFileSync(join(own, path), "utf8"));
  });

  it("say which lines of the lock differ, and where the first one is", () => {
    const root = copy();
    const lock = join(root, "rbac/access.lock");
    const text = readFileSync(lock, "utf8");
    const before = text.slice(0, text.indexOf("role customer  "));
    writeFileSync(
      lock,
      text.replace(/^role customer {2}billing .*$/m, "role customer  billing void:invoices  direct"),
    );
    expect(staleFiles(root, estate)).toMatchObject([
      {
        message:
          '"rbac/access.lock" is not what the declarations come to: it lacks "role customer  billing read:own-invoices  direct"; ' +
          'it has "role customer  billing void:invoices  direct" too much',
        at: { start: { line: before.split("\n").length, column: 1 } },
      },
    ]);
  });

  it("are not written again", () => {
    expect(writeGenerated(copy(), files)).toEqual([]);
  });

  it("are the same bytes in a checkout at another place", () => {
    const root = mkdtempSync(join(tmpdir(), "rolebook-elsewhere-"));
    onTestFinished(() => rmSync(root, { recursive: true }));
    for (const name of ["rbac", "hooks", "package.json", "Pulumi.yaml"])
      cpSync(join(own, name), join(root, name), { recursive: true });
    symlinkSync(join(own, "src"), join(root, "src"));
    const elsewhere = readEstate(root);
    expect([...filesOfDeclarations(elsewhere.declarations), ...locksOf(elsewhere)]).toEqual(files);
  });
});
