// rbac/accepted-warnings.yaml: which warnings are switched off, where, and why.
import { z } from "zod";
import type { AcceptedWarning } from "../model/declarations.ts";
import { diagnosticCodes } from "../model/diagnostic.ts";
import type { Day } from "../model/names.ts";
import type { SourceFile } from "../model/source.ts";
import { checkShape } from "./check-shape.ts";
import type { Report } from "./report.ts";
import { day, list, mapping, text } from "./shape-parts.ts";
import { acceptedWarningsFile } from "./source-kind.ts";
import { located } from "./written.ts";
import { readYaml } from "./yaml-file.ts";

/** The shape of the file. */
export const acceptedWarningsShape = list(
  "a list of accepted warnings",
  mapping("a mapping with code, file and reason", {
    code: z.enum(diagnosticCodes, { error: "the code of a warning" }),
    file: text,
    reason: text,
    until: day.optional(),
  }),
);

/** The warnings that the file accepts, in its order; none if it is wrong, so that they are all shown. */
export function parseAcceptedWarnings(source: SourceFile, report: Report): readonly AcceptedWarning[] {
  const file = readYaml(source, report);
  if (!file) return [];
  const shape = checkShape(acceptedWarningsShape, file, acceptedWarningsFile, [], report);
  return shape.map(({ code, file: path, reason, until }, index) => ({
    code: located(code, file, [index, "code"]),
    file: path,
    reason,
    // as: the shape takes days only
    until: until === undefined ? undefined : located(until as Day, file, [index, "until"]),
  }));
}
