import type { Located } from "../../model/source.ts";
import { cyclesIn } from "../cycles.ts";
import type { Report } from "../report.ts";
import type { Rule } from "../rule.ts";
import { quote } from "../wording.ts";

/** No role includes itself, at whatever depth. A cycle is reported once, at the role whose key comes first. */
export const includesHaveNoCycles: Rule = ({ declarations }, report) =>
  haveNoCycles("role", "includes", ({ includes }) => includes, declarations.roles, report);

/** No group is within itself, at whatever depth. A cycle is reported once, at the group whose key comes first. */
export const groupsHaveNoCycles: Rule = ({ declarations }, report) =>
  haveNoCycles("group", "is within", ({ within }) => within, declarations.groups, report);

function haveNoCycles<T extends { readonly key: string }>(
  kind: string,
  verb: string,
  namedBy: (thing: T) => readonly Located<string>[],
  all: readonly T[],
  report: Report,
): void {
  for (const [first, ...others] of cyclesIn(new Map(all.map((each) => [each.key, namedBy(each)])))) {
    if (!first) continue;
    const way = [...others, first].map(({ key }) => quote(key)).join(`, which ${verb} `);
    report("include-cycle", first.names.at, `${kind} "${first.key}" ${verb} ${way}`, {
      related: others.map(({ key, names }) => ({
        message: `${kind} "${key}" ${verb} "${names.value}"`,
        at: names.at,
      })),
      help: `take one of these ${kind === "role" ? "inclusions" : "steps"} out`,
    });
  }
}
