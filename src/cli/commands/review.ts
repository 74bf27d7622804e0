import { breachesOf, fatalErrors, type RecordedEstate, recordedEstates } from "../../recorded-estate.ts";
import { counted } from "../../report/counts.ts";
import { reviewGithub, reviewSarif } from "../../report/review/annotations.ts";
import { reviewJson } from "../../report/review/json.ts";
import { reviewMarkdown } from "../../report/review/markdown.ts";
import { reviewText } from "../../report/review/text.ts";
import { formatDiagnostics } from "../../report/text.ts";
import { gates, type Review, renamedLaws, renamesBetween, reviewOf, stoppedBy } from "../../review/index.ts";
import { Failure } from "../failure.ts";
import { contains, findRevision, type Repository, type Revision, repositoryAt } from "../git/repository.ts";
import { treesOf } from "../git/trees.ts";
import { choose, readOptions } from "../options.ts";
import { ownVersion } from "../own-version.ts";

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

  const repository = repositoryAt(options.root);
  const names = [options.base, options.head ?? "HEAD"] as const;
  const revisions = [
    findRevision(repository, names[0], "base"),
    findRevision(repository, names[1], "head"),
  ] as const;
  const [baseTree, headTree] = treesOf(repository, revisions);
  if (!baseTree || !headTree) throw new Error("every revision has a tree");
  const [base, head] = recordedEstates(baseTree, headTree);
  const unsound = [...errorsOf("base", names[0], base), ...errorsOf("head", names[1], head)];
  if (unsound.length > 0) {
    process.stderr.write(unsound.join("\n"));
    return 2;
  }
  const laws = renamedLaws(base.declarations.guardrails, renamesBetween(base.model, head.model));
  const found = reviewOf(
    { ...base, name: names[0] },
    { ...head, name: names[1] },
    breachesOf(base, head, laws),
    notesOf(repository, revisions, base, head),
  );
  process.stdout.write(formats[format](found));
  return gate !== undefined && stoppedBy(gate, found).length > 0 ? 1 : 0;
}

function errorsOf(side: string, name: string, estate: RecordedEstate): readonly string[] {
  const errors = fatalErrors(estate);
  if (errors.length === 0) return [];
  const text = formatDiagnostics(errors, estate.sources, { color: false });
  return [
    `rolebook: the ${side}, ${name}, does not compile, so nothing can be said of its access\n\n${text}\n`,
  ];
}

/** What a reader has to know of the review itself. */
function notesOf(
  repository: Repository,
  [base, head]: readonly [Revision, Revision],
  before: RecordedEstate,
  { diagnostics, isAccessLockCurrent, flows }: RecordedEstate,
): readonly string[] {
  const isBehind =
    base.kind === "commit" && head.kind === "commit" && contains(repository, head.id, base.id) === false;
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  return [
    ...(isBehind
      ? [
          `${head.name} does not have all that ${base.name} has: what is new there looks as if it were undone here; bring it up to date, or compare the merge of both`,
        ]
      : []),
    ...(errors > 0
      ? [`${head.name} has ${counted(errors, "error")} and cannot be applied: run "rolebook check"`]
      : []),
    ...(isAccessLockCurrent
      ? []
      : [
          `rbac/access.lock of ${head.name} is not what its declarations come to; this review is made of the declarations, not of the lock`,
        ]),
    ...(JSON.stringify(flows) !== JSON.stringify(before.flows)
      ? [
          `what runs is taken from hooks/flows.lock, since no code of a change is run here; "rolebook check" tells whether it is true`,
        ]
      : []),
  ];
}
