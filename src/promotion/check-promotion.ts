import type { Release } from "../model/release.ts";
import { fingerprint as fingerprintOf } from "../plan/index.ts";
import { changeLines } from "../report/change-lines.ts";
import { compareReleases } from "./compare-releases.ts";
import { type Completed, completedIn } from "./stack-outputs.ts";

/** The other stack's outputs, or the engine's words about why it has none to give. */
export type Answer = { readonly outputs: unknown } | { readonly refusal: string };

/**
 * Why the release must not be applied to the stack yet, with the way out in the last line; undefined if `from`, the stack that
 * it gets its releases from, has completed exactly this one.
 */
export function checkPromotion(
  release: Release,
  stack: string,
  from: string,
  answer: Answer,
): string | undefined {
  if ("refusal" in answer)
    return refusal(
      `stack "${stack}" gets what stack "${from}" has completed, which cannot be read: ${answer.refusal}`,
      `both have to be in one backend; "rolebook:promotesFrom" in Pulumi.${stack}.yaml names the other`,
    );
  const completed = completedIn(answer.outputs);
  if (completed.kind !== "release")
    return refusal(
      `stack "${stack}" gets what stack "${from}" has completed, but ${why[completed.kind]}`,
      up(from),
    );
  if (completed.fingerprint === fingerprintOf(release)) return undefined;
  const changes = compareReleases(completed.release, release);
  return [
    `stack "${stack}" gets what stack "${from}" has completed, and this is something else:`,
    ...changeLines(changes, mostLines).map((line) => `  ${line}`),
    `help: ${up(from)}`,
  ].join("\n");
}

/** Lines of a refusal; "rolebook compare" shows all there are. */
const mostLines = 20;

const why: Readonly<Record<Exclude<Completed["kind"], "release">, string>> = {
  nothing: "that has completed nothing yet",
  "other-format": "another version of Rolebook was the last to update it",
  damaged: "its outputs were changed by somebody else: the release in them has not the fingerprint they give",
};

const up = (from: string) => `run "pulumi up --stack ${from}" with this commit first`;

const refusal = (fact: string, help: string) => `${fact}\nhelp: ${help}`;
