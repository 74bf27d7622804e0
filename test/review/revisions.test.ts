import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readReview } from "../../src/cli/read-review.ts";
import { plainText } from "../../src/review/index.ts";
import { git, reviewBase, withHistory } from "../support/review-cases.ts";

const agent = reviewBase["rbac/roles/support-agent.yaml"] ?? "";
const wider = { "rbac/roles/support-agent.yaml": agent.replace('"read:*"', '"read:*", update:orders') };

/** The sentences of a review; the errors if nothing can be said. */
function said(root: string, base: string, head: string): readonly string[] {
  const { found, unsound } = readReview(root, base, head);
  return found ? found.changes.map(({ sentence }) => plainText(sentence)) : [unsound];
}

const gains =
  'support-agent (and people in groups "employees" and "finance") can now update:orders on Orders';

/** Files of the base in the index and on the disk. */
function checkOut(root: string): void {
  git(root, ["reset", "--quiet", "--hard"]);
}

describe("revisions of a review", () => {
  it("are commits, the index and the working tree, each by itself", () => {
    withHistory([reviewBase], (root) => {
      checkOut(root);
      writeFileSync(join(root, "rbac/roles/support-agent.yaml"), wider["rbac/roles/support-agent.yaml"]);
      expect(said(root, "HEAD", "worktree")).toEqual([gains]);
      expect(said(root, "HEAD", "index")).toEqual([]);
      git(root, ["add", "--all"]);
      expect(said(root, "HEAD", "index")).toEqual([gains]);
      expect(said(root, "HEAD", "HEAD")).toEqual([]);
    });
  });

  it("can be looked at where nothing is checked out", () => {
    withHistory([reviewBase, wider], (root) => {
      expect(said(join(root, ".git"), "main~1", "main")).toEqual([gains]);
    });
  });

  it("can be of a project below the top of a repository", () => {
    const below = (files: typeof reviewBase) =>
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`access/${path}`, text]));
    withHistory([below(reviewBase), below(wider)], (root) => {
      checkOut(root);
      expect(said(join(root, "access"), "HEAD~1", "HEAD")).toEqual([gains]);
    });
  });

  it("say of a head without what is new in the base that it looks undone", () => {
    withHistory([reviewBase, wider], (root) => {
      const { found } = readReview(root, "main", "main~1");
      expect(found?.notes).toEqual([expect.stringMatching(/^main~1 does not have all that main has/)]);
    });
  });

  it("see a merge as the files that it comes to", () => {
    withHistory([reviewBase, wider], (root) => {
      checkOut(root);
      const merge = git(root, ["commit-tree", "HEAD^{tree}", "-p", "HEAD~1", "-p", "HEAD", "-m", "merge"]);
      expect(said(root, "HEAD~1", merge)).toEqual([gains]);
      expect(said(root, "HEAD", merge)).toEqual([]);
    });
  });

  it.each(["origin/main", "--output=x", "HEAD:rbac", "main..main"])(
    "refuse %s, which is no commit",
    (name) => {
      withHistory([reviewBase], (root) => {
        expect(() => readReview(root, name, "HEAD")).toThrow(
          expect.objectContaining({
            message: `--base: no commit "${name}" is in this repository`,
            help: expect.stringContaining('"git fetch"'),
          }),
        );
      });
    },
  );

  it("say how a shallow clone gets the commit that it lacks", () => {
    withHistory([reviewBase, wider], (root) => {
      const clone = mkdtempSync(join(tmpdir(), "rolebook-shallow-"));
      onTestFinished(() => rmSync(clone, { recursive: true }));
      git(clone, ["clone", "--quiet", "--bare", "--depth=1", `file://${root}`, "."]);
      expect(() => readReview(clone, "main~1", "main")).toThrow(
        expect.objectContaining({ help: expect.stringMatching(/^the clone is shallow: .*--unshallow/) }),
      );
    });
  });

  it("refuse a folder in no repository", () => {
    const folder = mkdtempSync(join(tmpdir(), "rolebook-nowhere-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    expect(() => readReview(folder, "HEAD", "HEAD")).toThrow(/is in no git repository/);
  });
});

/** A commit behind HEAD that has one entry more, of any mode. */
function withEntry(root: string, mode: string, id: string, path: string): string {
  checkOut(root);
  git(root, ["update-index", "--add", "--cacheinfo", `${mode},${id},${path}`]);
  return git(root, ["commit-tree", git(root, ["write-tree"]), "-p", "HEAD", "-m", "junk"]);
}

describe("junk in rbac/", () => {
  it.each([
    ["a symbolic link", "120000", "../../secret", "expected a file, found a link or device"],
    ["bytes that are no text", "100644", "\u0000\u0001 junk", "error"],
    ["a file that is too large", "100644", "#".repeat(1_000_001), "1000000 at most are read"],
  ])("is reported if it is %s", (_, mode, text, expected) => {
    withHistory([reviewBase], (root) => {
      const id = git(root, ["hash-object", "-w", "--stdin"], text);
      const head = withEntry(root, mode, id, "rbac/roles/junk.yaml");
      const [report] = said(root, "HEAD", head);
      expect(report).toContain(`the head, ${head}, does not compile`);
      expect(report).toMatch(/rbac\/roles\/junk\.yaml:1:\d+ error /);
      expect(report).toContain(expected);
    });
  });

  it("is reported if it is a submodule", () => {
    withHistory([reviewBase], (root) => {
      const head = withEntry(root, "160000", git(root, ["rev-parse", "HEAD"]), "rbac/roles/junk.yaml");
      expect(said(root, "HEAD", head)[0]).toContain("expected a file, found a link or device");
    });
  });
});
