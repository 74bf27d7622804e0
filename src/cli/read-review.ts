import {
  breachesOf,
  fatalErrors,
  isAccessLockCurrent,
  type RecordedEstate,
  recordedEstates,
} from "../recorded-estate.ts";
import { counted } from "../report/counts.ts";
import { formatDiagnostics } from "../report/text.ts";
import { type Review, renamedLaws, renamesBetween, reviewOf } from "../review/index.ts";
import { contains, findRevision, type Repository, type Revision, repositoryAt } from "./git/repository.ts";
import { treesOf } from "./git/trees.ts";

/** The review; or why nothing can be said: all errors of the sides that do not compile. */
export type ReadReview =
  | { readonly found: Review; readonly unsound?: never }
  | { readonly found?: never; readonly unsound: string };

/**
 * What differs between two revisions of the checkout at `root`, each a commit, `index` or `worktree`. A Failure if there is no
 * such revision.
 */
export function readReview(root: string | undefined, baseName: string, headName: string): ReadReview {
  const repository = repositoryAt(root);
  const revisions = [
    findRevision(repository, baseName, "base"),
    findRevision(repository, headName, "head"),
  ] as const;
  const [baseTree, headTree] = treesOf(repository, revisions);
  if (!baseTree || !headTree) throw new Error("every revision has a tree");
  const [base, head] = recordedEstates(baseTree, headTree);
  const unsound = [...errorsOf("base", baseName, base), ...errorsOf("head", headName, head)];
  if (unsound.length > 0) return { unsound: unsound.join("\n") };
  const laws = renamedLaws(base.declarations.guardrails, renamesBetween(base.model, head.model));
  const found = reviewOf(
    { ...base, name: baseName },
    { ...head, name: headName },
    breachesOf(base, head, laws),
    notesOf(repository, revisions, base, head),
  );
  return { found };
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
  after: RecordedEstate,
): readonly string[] {
  const { diagnostics, flows } = after;
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
    ...(isAccessLockCurrent(after)
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
