import type { AccessModel } from "../model/access-model.ts";
import type { RecordedFlows } from "../model/recorded-flows.ts";
import type { Change } from "./change.ts";
import { flowChanges } from "./changes/flows.ts";
import { renamed, renamesBetween } from "./changes/renames.ts";
import { risksOf } from "./changes/risks.ts";

/** What a state gives by itself, and what runs in it. */
export interface RunningState {
  readonly model: AccessModel;
  readonly flows: RecordedFlows;
}

/** What runs differently at registration, login and token exchange, as access where it is; in no particular order. */
export function diffFlows(base: RunningState, head: RunningState): readonly Change[] {
  const before = renamed(base.model, renamesBetween(base.model, head.model));
  const models = { base: before, head: head.model };
  return flowChanges(base.flows, head.flows, models, risksOf(before, head.model));
}
