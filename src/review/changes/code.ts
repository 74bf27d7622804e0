// The code of policies: what of it has changed, by the hashes of its files and of what is built of them.
import type { FlowName } from "../../model/flows.ts";
import type { RecordedFlow, RecordedFlows } from "../../model/recorded-flows.ts";
import type { Change, Thing } from "../change.ts";
import { enumerationUpTo, phrase, words } from "../phrase.ts";

/** Policies that stay and run other code now. Comments and types are not code: nothing is built of them. */
export function codeChanges(base: RecordedFlows, head: RecordedFlows): readonly Change[] {
  const changedFiles = filesThatDiffer(base, head);
  const changed = head.flows.flatMap((flow) => {
    const before = base.flows.find(({ name }) => name === flow.name);
    if (!before || hashesOf(before) === hashesOf(flow)) return [];
    const policies = flow.steps
      .filter(({ policy }) => before.steps.some((step) => step.policy === policy))
      .filter(({ file, imports }) => [file, ...imports].some((each) => changedFiles.has(each)))
      .map(({ policy }) => policy);
    return policies.map((policy) => ({ policy, flow: flow.name }));
  });
  const ownCode = [...Map.groupBy(changed, ({ policy }) => policy)].map(([policy, places]): Change => {
    const flows = [...new Set(places.map(({ flow }) => flow))];
    return {
      effect: "flow",
      kind: "code",
      risk: "medium",
      things: flows.map((flow): Thing => ({ kind: "flow", key: flow })) as unknown as Change["things"], // as: a place each at least
      policy,
      after: policy,
      sentence: phrase`${policy}: code changed (${enumerationUpTo(
        4,
        flows.map((flow: FlowName) => words(flow)),
      )})`,
    };
  });
  const builtAnew = flowsBuiltAnew(base, head).map(
    (flow): Change => ({
      effect: "flow",
      kind: "code",
      risk: "low",
      things: [{ kind: "flow", key: flow }],
      sentence: phrase`${words(flow)}: built anew of the same policies, for groups and roles that are part of the code, or by another Rolebook`,
    }),
  );
  return [...ownCode, ...builtAnew];
}

function filesThatDiffer(base: RecordedFlows, head: RecordedFlows): ReadonlySet<string> {
  const before = new Map(base.sources.map(({ file, hash }) => [file, hash]));
  return new Set(head.sources.filter(({ file, hash }) => before.get(file) !== hash).map(({ file }) => file));
}

function hashesOf({ bundles }: RecordedFlow): string {
  return bundles.map(({ lane, hash }) => `${lane} ${hash}`).join();
}

/** Flows whose code has changed although none of their files and settings has: by groups and roles in it, or by Rolebook. */
function flowsBuiltAnew(base: RecordedFlows, head: RecordedFlows): readonly FlowName[] {
  const changedFiles = filesThatDiffer(base, head);
  return head.flows.flatMap((flow) => {
    const before = base.flows.find(({ name }) => name === flow.name);
    if (!before || hashesOf(before) === hashesOf(flow)) return [];
    const files = flow.steps.flatMap(({ file, imports }) => [file, ...imports]);
    return files.some((file) => changedFiles.has(file)) || changedFiles.has("hooks/flows.ts")
      ? []
      : [flow.name];
  });
}
