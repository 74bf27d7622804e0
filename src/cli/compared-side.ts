// The sides of `rolebook compare`: what a stack has completed, or what a commit holds.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Toolchain } from "../../toolchain/index.ts";
import type { Release } from "../model/release.ts";
import { fingerprint } from "../plan/index.ts";
import { type Completed, completedIn } from "../promotion/index.ts";
import { fatalErrors, recordedEstates } from "../recorded-estate.ts";
import { recordedRelease } from "../release.ts";
import type { ComparedSide } from "../report/comparison.ts";
import { devStackOf, engineEnvironment } from "./dev-stack.ts";
import { readOutputs } from "./engine.ts";
import { Failure } from "./failure.ts";
import { findRevision, repositoryAt } from "./git/repository.ts";
import { treesOf } from "./git/trees.ts";

export interface Side extends ComparedSide {
  readonly release: Release;
  /** By name; undefined for a commit, which holds those of every stack. */
  readonly stageValues: Readonly<Record<string, string>> | undefined;
}

/** True if the checkout has a stack file for it. `organization/project/stack` names a stack, too. */
export function isStack(name: string, root: string): boolean {
  return existsSync(join(root, `Pulumi.${name.slice(name.lastIndexOf("/") + 1)}.yaml`));
}

const staged = z.object({ stageValues: z.record(z.string(), z.string()) });

/**
 * What the stack has completed. The dev stack's backend is in the checkout; that of all others is the one people are logged in
 * to. A Failure if the stack's outputs do not tell.
 */
export async function sideOfStack(name: string, root: string, toolchain: Toolchain): Promise<Side> {
  const dev = name === "dev" ? engineEnvironment(devStackOf(root).backend) : {};
  const outputs = await readOutputs(toolchain, name, { cwd: root, env: { ...process.env, ...dev } });
  const completed = completedIn(outputs);
  if (completed.kind !== "release")
    throw new Failure(`the stack "${name}" ${why[completed.kind]}`, `run "pulumi up --stack ${name}"`);
  const stageValues = staged.safeParse(outputs).data?.stageValues ?? {};
  return { name, fingerprint: completed.fingerprint, release: completed.release, stageValues };
}

const why: Readonly<Record<Exclude<Completed["kind"], "release">, string>> = {
  nothing: "has completed nothing yet",
  "other-format": "was last updated by another version of Rolebook",
  damaged: "has outputs that somebody changed: the release in them has not the fingerprint they give",
};

/** What the commit holds; nothing of it is run. A Failure if that cannot be told. */
export function sideOfCommit(name: string, root: string): Side {
  const repository = repositoryAt(root);
  const [tree] = treesOf(repository, [findRevision(repository, name, "compare")]);
  if (!tree) throw new Error("every revision has a tree");
  const [estate] = recordedEstates(tree, tree);
  const [error] = fatalErrors(estate);
  if (error) throw new Failure(`${name} does not compile: ${error.message}`, `run "rolebook check" on it`);
  if (estate.flowsTrouble !== undefined)
    throw new Failure(
      `hooks/flows.lock of ${name} ${estate.flowsTrouble}`,
      'run "npm run generate" and commit it',
    );
  const release = recordedRelease(estate);
  return { name, release, fingerprint: fingerprint(release), stageValues: undefined };
}
