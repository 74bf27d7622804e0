import { reviewGithub, reviewSarif } from "../../report/review/annotations.ts";
import { reviewJson } from "../../report/review/json.ts";
import { reviewMarkdown } from "../../report/review/markdown.ts";
import { reviewText } from "../../report/review/text.ts";
import { gates, type Review, stoppedBy } from "../../review/index.ts";
import { Failure } from "../failure.ts";
import { choose, readOptions } from "../options.ts";
import { ownVersion } from "../own-version.ts";
import { readReview } from "../read-review.ts";

const formatNames = ["text", "markdown", "json", "sarif", "github"] as const;

const formats: Readonly<Record<(typeof formatNames)[number], (review: Review) => string>> = {
  text: (found) => reviewText(found, { color: process.stdout.isTTY && process.stdout.hasColors() }),
  markdown: reviewMarkdown,
  json: reviewJson,
  sarif: (found) => reviewSarif(found, ownVersion()),
  github: reviewGithub,
};

/**
 * Shows what differs between two commits as access, from git's objects: nothing of either is run or checked out. 1 if there is
 * what --fail-on names, 2 with all errors if one of the two does not compile.
 */
export async function review(args: readonly string[]): Promise<number> {
  const options = readOptions(args, {
    base: { type: "string" },
    head: { type: "string" },
    format: { type: "string" },
    "fail-on": { type: "string" },
    root: { type: "string" },
  });
  const format = choose("format", options.format ?? "text", formatNames);
  const gate = options["fail-on"] === undefined ? undefined : choose("fail-on", options["fail-on"], gates);
  if (options.base === undefined)
    throw new Failure("there is nothing to compare with", "give a commit, such as --base origin/main");

  const { found, unsound } = readReview(options.root, options.base, options.head ?? "HEAD");
  if (!found) {
    process.stderr.write(unsound);
    return 2;
  }
  process.stdout.write(formats[format](found));
  return gate !== undefined && stoppedBy(gate, found).length > 0 ? 1 : 0;
}
