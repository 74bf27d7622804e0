import type { AcceptedWarning, Declarations } from "../../model/declarations.ts";
import type { Change } from "../change.ts";
import { phrase, quoted } from "../phrase.ts";

/** Warnings that are switched off now, or no longer are. */
export function warningChanges(base: Declarations, head: Declarations): readonly Change[] {
  const [then, now] = [named(base.acceptedWarnings), named(head.acceptedWarnings)];
  const change = {
    kind: "accepted-warning",
    risk: "low",
    things: [{ kind: "accepted-warnings", key: "accepted-warnings" }],
  } as const;
  return [
    ...[...now].flatMap(([name, { code, file, until }]): readonly Change[] => {
      const old = then.get(name);
      const isLonger = old?.until && (!until || until.value > old.until.value);
      if (old && !isLonger) return [];
      return [
        {
          ...change,
          effect: "wider",
          after: code.value,
          sentence: old
            ? phrase`the warning ${code.value} in ${quoted(file)} is accepted for longer`
            : phrase`the warning ${code.value} in ${quoted(file)} is accepted`,
        },
      ];
    }),
    ...[...then].flatMap(([name, { code, file }]): readonly Change[] =>
      now.has(name)
        ? []
        : [
            {
              ...change,
              effect: "narrower",
              before: code.value,
              sentence: phrase`the warning ${code.value} in ${quoted(file)} is no longer accepted`,
            },
          ],
    ),
  ];
}

function named(warnings: readonly AcceptedWarning[]): ReadonlyMap<string, AcceptedWarning> {
  return new Map(warnings.map((each) => [`${each.code.value} ${each.file}`, each]));
}
