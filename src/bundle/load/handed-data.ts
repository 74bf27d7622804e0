import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Flows } from "../../model/flows.ts";
import { definitionPlace } from "./places.ts";
import type { PolicyCode } from "./policy-files.ts";

/**
 * Different data of one name in one flow: a policy would be handed what it takes for something else. Several policies may
 * provide the same data; what the last of them sets counts.
 */
export function clashingData(policies: readonly PolicyCode[], { flows }: Flows): readonly Diagnostic[] {
  return flows.flatMap(({ name: flow, steps }) => {
    const first = new Map<string, { readonly data: unknown; readonly policy: string }>();
    return steps.flatMap(({ policy, file }) => {
      const { definition, own } = policies.find((each) => each.own.file === file) ?? {};
      if (!definition || !own) return [];
      return (["provides", "needs", "wants"] as const).flatMap((list) =>
        (definition[list] ?? []).flatMap((data): readonly Diagnostic[] => {
          const other = first.get(data.name) ?? { data, policy };
          first.set(data.name, other);
          if (other.data === data) return [];
          return [
            {
              code: "duplicate-name",
              severity: "error",
              message: `policy "${policy}" means other data by "${data.name}" than policy "${other.policy}" in flow "${flow}"`,
              at: definitionPlace(file, own.program, list),
              help: `import one data("${data.name}") in both, or give one another name`,
            },
          ];
        }),
      );
    });
  });
}
