// Changes as data: each file of test/cases/review/ holds what a base and a head have beside base.txt, and the review.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { readReview } from "../../src/cli/read-review.ts";
import { reviewText } from "../../src/report/review/text.ts";
import { filesOf } from "./cases.ts";

const folder = join(import.meta.dirname, "../cases/review");
const expectedMark = "-- expected --\n";

/** Files by path; undefined for one that is gone. */
type Files = Readonly<Record<string, string | undefined>>;

export interface ReviewCase {
  /** The fact it shows: the name of its file, with blanks. */
  readonly fact: string;
  readonly base: Files;
  /** What is laid over the base. */
  readonly head: Files;
  readonly expected: string;
  /** Writes another expectation into the case. */
  rewrite(expected: string): void;
}

/** The estate that cases change. */
export const reviewBase: Files = Object.fromEntries(filesOf(readFileSync(join(folder, "base.txt"), "utf8")));

/** Every case, by fact. Its files are `base/<path>` or `head/<path>`, with ` (gone)` behind it where it is deleted. */
export function readReviewCases(): readonly ReviewCase[] {
  const names = readdirSync(folder).filter((name) => name !== "base.txt");
  return names.map((name): ReviewCase => {
    const path = join(folder, name);
    const [input = "", expected = ""] = readFileSync(path, "utf8").split(expectedMark);
    const files = [...filesOf(input)];
    const filesIn = (side: string) =>
      Object.fromEntries(
        files
          .filter(([file]) => file.startsWith(`${side}/`))
          .map(([file, text]) => {
            const own = file.slice(side.length + 1);
            return own.endsWith(" (gone)") ? [own.slice(0, -" (gone)".length), undefined] : [own, text];
          }),
      );
    return {
      fact: basename(name, ".txt").replaceAll("-", " "),
      base: { ...reviewBase, ...filesIn("base") },
      head: filesIn("head"),
      expected,
      rewrite: (text) => writeFileSync(path, `${input}${expectedMark}${text}`),
    };
  });
}

/** The review of a case as text, without colour. */
export function reviewOfCase({ base, head }: Pick<ReviewCase, "base" | "head">): string {
  return withHistory([base, head], (root) => {
    const { found, unsound } = readReview(root, "HEAD~1", "HEAD");
    return found ? reviewText(found, { color: false }) : unsound;
  });
}

/** Runs `use` in a repository with a commit for each of the states, each laid over the one before; no file is checked out. */
export function withHistory<T>(states: readonly Files[], use: (root: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), "rolebook-review-"));
  try {
    git(root, ["init", "-q", "-b", "main", "--template="]);
    git(root, ["fast-import", "--quiet"], states.map(commitOf).join(""));
    return use(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** A commit in the language of fast-import. */
function commitOf(files: Files): string {
  const changes = Object.entries(files).map(([path, text]) =>
    text === undefined
      ? `D ${path}\n`
      : `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
  );
  return `commit refs/heads/main\ncommitter Nobody <nobody@example.com> 0 +0000\ndata 0\n${changes.join("")}`;
}

/** Runs git in the repository as nobody in particular; throws its complaint. */
export function git(root: string, args: readonly string[], input = ""): string {
  const { status, stdout, stderr } = spawnSync("git", args, {
    cwd: root,
    encoding: "utf8",
    input,
    env: {
      ...process.env,
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_AUTHOR_NAME: "Nobody",
      GIT_AUTHOR_EMAIL: "nobody@example.com",
      GIT_COMMITTER_NAME: "Nobody",
      GIT_COMMITTER_EMAIL: "nobody@example.com",
    },
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}
