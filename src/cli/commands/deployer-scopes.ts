import { deletionScopes, deploymentNeeds, plan, previewNeeds } from "../../plan/index.ts";
import { jsonText } from "../../report/json-text.ts";
import { choose, readOptions } from "../options.ts";
import { soundEstate } from "../sound-estate.ts";
import { stageNamed } from "../stages.ts";

/** The version of the JSON document: goes up when a reader of the last one could be misled. */
const version = 1;

/**
 * Shows the scopes of the Management API that the client takes which deploys the stack, a line each, sorted: those to make and
 * change everything; with --deletions those to take something away, too; with --read-only those to preview with a refresh.
 */
export async function deployerScopes(args: readonly string[]): Promise<number> {
  const options = readOptions(args, {
    stack: { type: "string" },
    "read-only": { type: "boolean" },
    deletions: { type: "boolean" },
    format: { type: "string" },
    root: { type: "string" },
  });
  const format = choose("format", options.format ?? "text", ["text", "json"]);
  const estate = soundEstate(options.root);
  const stage = stageNamed(options.stack ?? "dev", estate);
  const needs = deploymentNeeds(plan(estate.model, estate.bundles, stage));
  const scopes = options["read-only"]
    ? previewNeeds(needs, { refresh: true }).scopes
    : [...needs.scopes, ...(options.deletions ? deletionScopes(needs) : [])].sort();
  const { stack } = stage;
  process.stdout.write(format === "json" ? jsonText({ version, stack, scopes }) : `${scopes.join("\n")}\n`);
  return 0;
}
