import type { Risk } from "./declarations.ts";

const riskOfVerb: ReadonlyMap<string, Risk> = new Map([
  ["read", "low"],
  ["list", "low"],
  ["view", "low"],
  ["get", "low"],
  ["search", "low"],
  ["delete", "high"],
  ["remove", "high"],
  ["purge", "high"],
  ["refund", "high"],
  ["void", "high"],
  ["approve", "high"],
  ["impersonate", "high"],
  ["admin", "high"],
  ["manage", "high"],
]);

/** The risk of a scope that says none: by its verb, what stands before the first `:`; medium if that tells nothing. */
export function riskByVerb(scope: string): Risk {
  const [verb = ""] = scope.split(":");
  return riskOfVerb.get(verb) ?? "medium";
}
