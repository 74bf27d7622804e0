// What a policy does to access, as far as hooks/flows.lock tells.
import type { RecordedStep } from "../../model/recorded-flows.ts";

/** True if somebody can have less because of the policy. */
export function holdsBack({ does, enforces }: RecordedStep): boolean {
  return does.includes("deny") || does.includes("removeScope") || enforces.includes("allowedRoles");
}

/** True if somebody can have more because of the policy. */
export function gives({ does, grants, uses }: RecordedStep): boolean {
  return does.includes("addRole") || grants.length > 0 || uses.length > 0;
}
