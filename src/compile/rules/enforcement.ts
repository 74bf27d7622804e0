// What declarations promise and only a login policy can keep.
import { type Enforcement, isSwitchedOff } from "../../model/flows.ts";
import type { Lookup } from "../lookup.ts";
import type { Rule } from "../rule.ts";

/** True if a login policy that is not switched off for good enforces it, or might: it may be in a file that could not be loaded. */
function isEnforced(promise: Enforcement, { declarations, flows }: Lookup): boolean {
  return (
    [...declarations.incomplete].some((file) => file.startsWith("hooks/")) ||
    flows.flows.some(
      ({ name, steps }) =>
        name === "login" && steps.some((step) => step.enforces.includes(promise) && !isSwitchedOff(step)),
    )
  );
}

const wayOut = (promise: Enforcement) =>
  `put a policy that enforces "${promise}" into the flow "login" of hooks/flows.ts`;

/** Where a client lets only some roles in, a policy sees to it: Auth0 by itself lets in everybody. */
export const allowedRolesAreEnforced: Rule = (lookup, report) => {
  if (isEnforced("allowedRoles", lookup)) return;
  for (const { key, allowedRoles } of lookup.declarations.clients) {
    const [first] = allowedRoles ?? [];
    if (first)
      report(
        "unenforced-roles",
        first.at,
        `client "${key}" allows some roles only, and no policy enforces it`,
        { help: wayOut("allowedRoles") },
      );
  }
};

/** Where there are groups, a policy turns them into roles, and has those stored that are to be: Auth0 knows no groups. */
export const groupsAreEnforced: Rule = (lookup, report) => {
  const [isGiven, isStored] = [isEnforced("groups", lookup), isEnforced("storedGroups", lookup)];
  for (const { key, at, delivery } of lookup.declarations.groups)
    if (!isGiven)
      report("unenforced-groups", at, `group "${key}" gives nobody anything: no policy turns it into roles`, {
        help: wayOut("groups"),
      });
    else if (delivery === "stored" && !isStored)
      report("unenforced-groups", at, `roles of group "${key}" are to be stored, and no policy does`, {
        help: wayOut("storedGroups"),
      });
};
