import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const root = `${import.meta.dirname}/../..`;

const step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const workflow = z.looseObject({
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.looseObject({
      permissions: z.record(z.string(), z.string()),
      "timeout-minutes": z.number(),
      environment: z.string().optional(),
      concurrency: z.unknown().optional(),
      steps: z.array(step),
    }),
  ),
});
const action = z.looseObject({ runs: z.looseObject({ steps: z.array(step) }) });

const read = (path: string) => ({ path, text: readFileSync(`${root}/${path}`, "utf8") });
const workflows = globSync(".github/workflows/*.yml", { cwd: root })
  .sort()
  .map(read)
  .map(({ path, text }) => ({ path, text, ...workflow.parse(parse(text)) }));
const actions = globSync(".github/actions/*/action.yml", { cwd: root }).map(read);

const stepsOf = ({ jobs }: (typeof workflows)[number]) => Object.values(jobs).flatMap(({ steps }) => steps);
const allSteps = [
  ...workflows.flatMap(stepsOf),
  ...actions.flatMap(({ text }) => action.parse(parse(text)).runs.steps),
];
const isForPullRequests = ({ on }: (typeof workflows)[number]) =>
  "pull_request" in on || "pull_request_target" in on;

describe("workflows", () => {
  it("are there for each step of a change", () => {
    expect(workflows.map(({ path }) => path.replace(/.*\//, ""))).toEqual([
      "check.yml",
      "deploy.yml",
      "drift.yml",
      "preview.yml",
      "review.yml",
    ]);
  });

  it("have no right but those of their jobs: to read files, and one to comment", () => {
    const rights = workflows.flatMap(({ path, permissions, jobs }) => [
      ...Object.keys(permissions).map((right) => `${path} ${right}`),
      ...Object.entries(jobs).flatMap(([job, { permissions: own }]) =>
        Object.entries(own).map(([right, level]) => `${job} ${right}: ${level}`),
      ),
    ]);
    expect([...new Set(rights)].filter((each) => !each.endsWith("contents: read"))).toEqual([
      "review pull-requests: write",
    ]);
  });

  it("use actions of others at a commit, with its version beside it", () => {
    const others = [...workflows, ...actions].flatMap(({ text }) =>
      [...text.matchAll(/uses: (?!\.\/)(.*)/g)].map(([, used]) => used),
    );
    expect(others.length).toBeGreaterThan(5);
    expect(
      others.filter((used) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used ?? "")),
    ).toEqual([]);
  });

  it("keep no credentials of git, check out nothing but what they are started for, and end", () => {
    for (const { uses, with: given } of allSteps)
      if (uses?.startsWith("actions/checkout@")) {
        expect(given?.["persist-credentials"]).toBe(false);
        expect(given).not.toHaveProperty("ref");
        expect(given).not.toHaveProperty("repository");
      }
    for (const each of workflows)
      for (const job of Object.values(each.jobs)) expect(job["timeout-minutes"]).toBeLessThanOrEqual(30);
  });

  it("hand a script what others have written as variables only", () => {
    expect(allSteps.flatMap(({ run = "" }) => run.match(/\$\{\{.*?\}\}/g) ?? [])).toEqual([]);
  });

  it("have no secrets where pull requests start them", () => {
    const open = workflows.filter(isForPullRequests);
    expect(open.map(({ path }) => path)).toEqual([
      ".github/workflows/check.yml",
      ".github/workflows/review.yml",
    ]);
    expect(open.filter(({ text }) => /\bsecrets\b/.test(text.replace(/#.*/g, "")))).toEqual([]);
    expect(open.flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.environment ?? []))).toEqual(
      [],
    );
  });

  it("run nothing of a pull request where they may write", () => {
    for (const each of workflows.filter(({ on }) => "pull_request_target" in on)) {
      const scripts = stepsOf(each).flatMap(({ run = [] }) => run);
      expect(
        scripts.filter((run) => /git (checkout|switch|reset|restore|merge |pull|worktree)/.test(run)),
      ).toEqual([]);
      const installing = scripts.filter((run) => /\bnpm\b/.test(run));
      expect(installing).toEqual(["npm ci --ignore-scripts --omit=dev"]);
      expect(scripts.indexOf(installing[0] ?? "")).toBeLessThan(
        scripts.findIndex((run) => run.includes("fetch")),
      );
    }
  });

  it("deploy one at a time, each stage with its own environment, and without an end in the middle", () => {
    const deploying = workflows
      .flatMap(({ jobs }) => Object.entries(jobs))
      .filter(([, { steps }]) => steps.some(({ run = "" }) => run.includes("pulumi up")));
    expect(
      deploying.map(([name, { environment, concurrency }]) => ({ name, environment, concurrency })),
    ).toEqual(
      ["staging", "prod"].map((stage) => ({
        name: stage,
        environment: stage,
        concurrency: { group: `stack-${stage}`, "cancel-in-progress": false },
      })),
    );
  });

  it("bring the engine that the program is made for", () => {
    const { dependencies } = JSON.parse(readFileSync(`${root}/package.json`, "utf8")) as {
      dependencies: Record<string, string>;
    };
    expect(actions[0]?.text).toContain(`pulumi-version: ${dependencies["@pulumi/pulumi"]}\n`);
  });
});
