// What counts as access: who may do what and for how long, how tokens are got and where they are sent, and which laws
// hold. Not access, and so not in the lock: descriptions, names that only people read, owners, reasons, former keys.
import type { AccessModel } from "../model/access-model.ts";
import { compareText } from "../model/diagnostic.ts";
import { apiFacts } from "./api-facts.ts";
import { clientFacts } from "./client-facts.ts";
import { groupFacts } from "./group-facts.ts";
import { guardrailFacts } from "./guardrail-facts.ts";
import { roleFacts } from "./role-facts.ts";

export { renderFlowsLock } from "./flows-lock.ts";
export { readFlowsLock } from "./read-flows-lock.ts";
export { recordFlows } from "./record-flows.ts";

const header =
  '# Made by "npm run generate" of rbac/ and hooks/: who may do what, one fact a line, sorted. Not to be edited.';

/**
 * The text of rbac/access.lock: all that the model gives, one fact a line, sorted by UTF-16 code units, without doubles.
 * The same access gives the same bytes, however it was written down; made to be read in a plain diff.
 */
export function renderLock(model: AccessModel): string {
  const { apis, roles, groups, clients } = model;
  // Nearly in the order of the lines, which makes sorting fast.
  const lines = [
    header,
    ...apis.flatMap(apiFacts),
    ...clients.flatMap(clientFacts),
    ...groups.flatMap(groupFacts),
    ...guardrailFacts(model),
    ...roles.flatMap(roleFacts),
  ].sort(compareText);
  return `${lines.filter((each, index) => each !== lines[index - 1]).join("\n")}\n`;
}
