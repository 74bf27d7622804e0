import type { FlowName } from "../../model/flows.ts";
import type { RecordedStep } from "../../model/recorded-flows.ts";
import type { Change, Thing } from "../change.ts";

/** A policy in both states, at its place in a flow. */
export interface StepPair {
  readonly flow: FlowName;
  readonly before: RecordedStep;
  readonly after: RecordedStep;
}

/** What a change in a flow is about: the flow first, since there it is to be looked at; then roles whose owners are asked. */
export function about(
  flow: FlowName,
  policy: string | undefined,
  roles: readonly string[] = [],
): Pick<Change, "things" | "policy"> {
  const named = roles.map((key): Thing => ({ kind: "role", key }) as Thing); // as: keys of roles
  return { things: [{ kind: "flow", key: flow }, ...named], ...(policy !== undefined && { policy }) };
}
