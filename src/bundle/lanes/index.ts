import type { FlowName } from "../../model/flows.ts";
import { actionForm } from "./action.ts";
import { hookForm } from "./hook.ts";
import type { LaneForm } from "./lane.ts";
import { ruleForm } from "./rule.ts";

/** The lanes of a flow: a rule for logins or a hook for all else, then an action. */
export function lanesOf(flow: FlowName): readonly LaneForm[] {
  return [flow === "login" ? ruleForm : hookForm(flow), actionForm(flow)];
}
