import type { AcceptedWarning } from "../model/declarations.ts";
import { type Diagnostic, hasErrors } from "../model/diagnostic.ts";
import type { Day } from "../model/names.ts";
import { matchesPattern } from "../model/pattern.ts";
import { collector } from "./report.ts";
import { quote } from "./wording.ts";

/**
 * All that is found, without the warnings that are accepted. If `today` says what day it is, with what is wrong about the
 * acceptances themselves: those past their day accept nothing any more, and those that accept nothing are errors, unless
 * errors may hide what they are for.
 */
export function acceptWarnings(
  found: readonly Diagnostic[],
  accepted: readonly AcceptedWarning[],
  today: Day | undefined,
): readonly Diagnostic[] {
  const holds = ({ until }: AcceptedWarning) =>
    today === undefined || until === undefined || until.value >= today;
  const holding = accepted.filter(holds);
  const shown = found.filter(
    (each) => each.severity === "error" || !holding.some((acceptance) => isAbout(acceptance, each)),
  );
  if (today === undefined) return shown;

  const { report, diagnostics } = collector();
  for (const acceptance of accepted) {
    const { code, file, until } = acceptance;
    const about = found.filter((each) => isAbout(acceptance, each));
    if (about.some(({ severity }) => severity === "warning")) {
      if (until && !holds(acceptance))
        report(
          "expired-acceptance",
          until.at,
          `acceptance of ${quote(code.value)} in ${quote(file.value)} has expired`,
          { severity: "warning", help: "mend what the warning is about, or accept it until another day" },
        );
    } else if (about.length > 0)
      report(
        "unneeded-acceptance",
        code.at,
        `${quote(code.value)} in ${quote(file.value)} is an error, and only warnings can be accepted`,
        { help: "mend the error, and take the entry out" },
      );
    else if (!hasErrors(found))
      report(
        "unneeded-acceptance",
        code.at,
        `no warning ${quote(code.value)} is found in ${quote(file.value)}`,
        {
          help: "take the entry out",
        },
      );
  }
  return [...shown, ...diagnostics];
}

function isAbout({ code, file }: AcceptedWarning, found: Diagnostic): boolean {
  return code.value === found.code && matchesPattern(file.value, found.at.file);
}
