import { hasErrors } from "../../model/diagnostic.ts";
import { type RecordedEstate, recordedEstate } from "../../recorded-estate.ts";
import { reviewText } from "../../report/review/text.ts";
import { formatDiagnostics } from "../../report/text.ts";
import { gates, reviewOf, stoppedBy } from "../../review/index.ts";
import { Failure } from "../failure.ts";
import { findRevision, repositoryAt } from "../git/repository.ts";
import { treesOf } from "../git/trees.ts";
import { choose, readOptions } from "../options.ts";

const formatNames = ["text"] as const;

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

  const repository = repositoryAt(options.root);
  const names = [options.base, options.head ?? "HEAD"] as const;
  const revisions = [
    findRevision(repository, names[0], "base"),
    findRevision(repository, names[1], "head"),
  ] as const;
  const [base, head] = treesOf(repository, revisions).map(recordedEstate);
  if (!base || !head) throw new Error("every revision has a tree");
  const unsound = [...errorsOf("base", names[0], base), ...errorsOf("head", names[1], head)];
  if (unsound.length > 0) {
    process.stderr.write(unsound.join("\n"));
    return 2;
  }
  const found = reviewOf({ ...base, name: names[0] }, { ...head, name: names[1] }, []);
  const color = process.stdout.isTTY && process.stdout.hasColors();
  if (format === "text") process.stdout.write(reviewText(found, { color }));
  return gate !== undefined && stoppedBy(gate, found).length > 0 ? 1 : 0;
}

function errorsOf(side: string, name: string, { diagnostics, sources }: RecordedEstate): readonly string[] {
  if (!hasErrors(diagnostics)) return [];
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const text = formatDiagnostics(errors, sources, { color: false });
  return [
    `rolebook: the ${side}, ${name}, does not compile, so nothing can be said of its access\n\n${text}\n`,
  ];
}
