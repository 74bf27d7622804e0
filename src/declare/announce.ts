import * as pulumi from "@pulumi/pulumi";

/**
 * What the stack says of itself, once everything is done. The engine keeps it as a resource that no `--target` names: an
 * update of a part leaves what the last whole one has said, and so do those that fail or are cancelled. Undefined if there
 * was no whole one.
 */
export function announce<Facts>(facts: Facts, done: pulumi.Output<void>): pulumi.Output<Facts | undefined> {
  // Without an edge to any resource, else `--target-dependents` would take it along.
  return done.apply(() => new pulumi.Stash("announced", { input: facts }).input);
}
