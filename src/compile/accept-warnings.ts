import type { AcceptedWarning } from "../model/declarations.ts";
import { type Diagnostic, hasErrors } from "../model/diagnostic.ts";
import type { Day } from "../model/names.ts";
import { matchesPattern } from "../model/pattern.ts";
import { collector } from "./report.ts";
import { quote } from "./wording.ts";

/**
 * All that is found, without the warnings that are accepted. Acceptances past their day accept nothing any more, which is
 * a warning, if `today` says what day it is.
 */
export function acceptWarnings(
  found: readonly Diagnostic[],
  accepted: readonly AcceptedWarning[],
  today: Day | undefined,
): readonly Diagnostic[] {
  const { report, diagnostics } = collector();
  const holding = accepted.filter((acceptance) => {
    const { code, file, until } = acceptance;
    if (today === undefined || !until || until.value >= today) return true;
    if (found.some((each) => each.severity === "warning" && isAbout(acceptance, each)))
      report(
        "expired-acceptance",
        until.at,
        `acceptance of ${quote(code.value)} in ${quote(file)} has expired`,
        { severity: "warning", help: "mend what the warning is about, or accept it until another day" },
      );
    return false;
  });
  const shown = found.filter(
    (each) => each.severity === "error" || !holding.some((acceptance) => isAbout(acceptance, each)),
  );
  return [...shown, ...diagnostics];
}

/**
 * Acceptances that accept nothing of all that is found in a checkout, so that none is left behind: errors, as is accepting
 * an error. Where there are errors, they may hide what the others are for.
 */
export function unneededAcceptances(
  found: readonly Diagnostic[],
  accepted: readonly AcceptedWarning[],
): readonly Diagnostic[] {
  const { report, diagnostics } = collector();
  for (const acceptance of accepted) {
    const { code, file } = acceptance;
    const about = found.filter((each) => isAbout(acceptance, each));
    if (about.length > 0 && about.every(({ severity }) => severity === "error"))
      report(
        "unneeded-acceptance",
        code.at,
        `${quote(code.value)} in ${quote(file)} is an error, and only warnings can be accepted`,
        { help: "mend the error, and take the entry out" },
      );
    else if (about.length === 0 && !hasErrors(found))
      report("unneeded-acceptance", code.at, `no warning ${quote(code.value)} is found in ${quote(file)}`, {
        help: "take the entry out",
      });
  }
  return diagnostics;
}

function isAbout({ code, file }: AcceptedWarning, found: Diagnostic): boolean {
  return code.value === found.code && matchesPattern(file, found.at.file);
}
