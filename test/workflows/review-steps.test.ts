// The scripts of the review workflow, run as a runner runs them: in a clone of the target branch.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type Copy, useCopy } from "../support/checkout.ts";
import { root } from "../support/shipped.ts";

const { jobs } = parse(readFileSync(join(root, ".github/workflows/review.yml"), "utf8")) as {
  jobs: { review: { steps: { name?: string; run?: string }[] } };
};
const script = (name: string) => jobs.review.steps.find((step) => step.name === name)?.run ?? "exit 99";

function git(cwd: string, ...args: readonly string[]): string {
  const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.test"];
  const { status, stdout, stderr } = spawnSync("git", [...who, ...args], { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

const customer = "rbac/roles/customer.yaml";

/** Commits an edit of the customer's role on a branch of its own, and gives its commit. */
function propose(origin: Copy, branch: string, change: (text: string) => string): string {
  git(origin.path, "checkout", "-q", "-b", branch, "main");
  origin.edit(customer, change);
  git(origin.path, "commit", "-q", "-a", "-m", branch);
  const commit = git(origin.path, "rev-parse", "HEAD");
  git(origin.path, "checkout", "-q", "main");
  return commit;
}

const origin = useCopy((copy) => {
  git(copy.path, "init", "-q", "-b", "main");
  git(copy.path, "add", "rbac", "hooks", "src", "package.json", "Pulumi.yaml", "Pulumi.prod.yaml");
  git(copy.path, "commit", "-q", "-m", "main");
});
let directory: string;
let clone: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "rolebook-runner-"));
  clone = join(directory, "clone");
  git(directory, "clone", "-q", origin().path, clone);
  symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The steps up to the gate for a pull request of this commit; the first that fails is the last. */
function review(head: string) {
  const files = { GITHUB_ENV: join(directory, "env"), GITHUB_STEP_SUMMARY: join(directory, "summary") };
  for (const file of Object.values(files)) writeFileSync(file, "");
  let log = "";
  for (const name of ["Merge in git's objects", "Review", "Gate"]) {
    const set = readFileSync(files.GITHUB_ENV, "utf8").trim().split("\n");
    const { status, stdout } = spawnSync("bash", ["-e", "-c", script(name)], {
      cwd: clone,
      encoding: "utf8",
      env: {
        ...process.env,
        ...files,
        ...Object.fromEntries(set.map((line) => line.split("=", 2))),
        RUNNER_TEMP: directory,
        HEAD_SHA: head,
        GH_TOKEN: "token",
      },
    });
    log += stdout;
    if (status !== 0) return { failed: name, status, log };
  }
  return { failed: undefined, status: 0, log };
}

const comment = () => readFileSync(join(directory, "summary"), "utf8");

describe("the review of a pull request", () => {
  it("says what it does to access, and lets through what no guardrail is against", () => {
    const head = propose(origin(), "wider", (text) =>
      text.replace('"*:own-orders"', '"*:own-orders", read:orders'),
    );
    expect(review(head)).toMatchObject({ failed: undefined });
    expect(comment()).toMatch(/^<!-- rolebook review -->/);
    expect(comment()).toContain("`customer` can now");
    expect(git(clone, "status", "--porcelain", "--untracked-files=no")).toBe("");
  });

  it("shuts the gate for what a guardrail is against, and says so all the same", () => {
    const head = propose(origin(), "against", (text) => text.replace("*:own-orders", "*:orders"));
    expect(review(head)).toMatchObject({ failed: "Gate", status: 1 });
    expect(comment()).toContain("refund:orders");
  });

  it("shuts the gate for files that do not compile, whose words are no commands of the runner", () => {
    const head = propose(origin(), "broken", (text) => `${text}\nperm: "::error::boo"\n`);
    const { failed, status, log } = review(head);
    expect({ failed, status }).toEqual({ failed: "Gate", status: 2 });
    expect(log).toMatch(/^::stop-commands::(\w{32})\n.*unknown-key.*\n::\1::\n/ms);
  });

  it("stops where the pull request does not merge", () => {
    const head = propose(origin(), "old", (text) => text.replace("name: Customer", "name: Client"));
    origin().edit(customer, (text) => text.replace("name: Customer", "name: Shopper"));
    git(origin().path, "commit", "-q", "-a", "-m", "new");
    git(clone, "pull", "-q");
    expect(review(head)).toMatchObject({
      failed: "Merge in git's objects",
      log: expect.stringContaining("resolve its conflicts first"),
    });
  });
});
