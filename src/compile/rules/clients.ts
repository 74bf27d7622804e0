import { managementApi } from "../../model/names.ts";
import type { Span } from "../../model/source.ts";
import type { Lookup } from "../lookup.ts";
import type { Rule } from "../rule.ts";
import { placeOf, quote } from "../wording.ts";

/** Machines get grants and have no users; other clients have users, and what these may do comes from their roles. */
export const clientsHaveWhatTheirTypeHas: Rule = ({ declarations }, report) => {
  for (const { key, at, type, grants, callbacks, logoutUrls, connections } of declarations.clients) {
    // Its type may be what could not be read.
    if (declarations.incomplete.has(at.file)) continue;
    const misplaced =
      type.value === "machine"
        ? { callbacks, logoutUrls, connections }
        : { grants: grants.map(({ api }) => api) };
    for (const [name, [first]] of Object.entries(misplaced))
      if (first)
        report(
          "wrong-client-type",
          first.at,
          `client "${key}" is of type "${type.value}", which has no "${name}" (${placeOf(type.at)})`,
          { related: [{ message: "its type", at: type.at }] },
        );
  }
};

/** The grants that are computed from what the policies use, with their clients. */
function fromPolicies({ declarations }: Lookup): readonly { key: string; api: string; at: Span }[] {
  return declarations.clients.flatMap(({ key, grants }) =>
    grants.flatMap((grant) =>
      grant.kind === "from-policies" ? [{ key, api: grant.api.value, at: grant.at }] : [],
    ),
  );
}

/** Policies call the Management API only, so only that grant can be computed from them. */
export const onlyManagementIsGrantedFromPolicies: Rule = (lookup, report) => {
  for (const { key, api, at } of fromPolicies(lookup))
    if (api !== managementApi && lookup.scopes.has(api))
      report(
        "grant-not-allowed",
        at,
        `client "${key}" is granted ${quote(api)} from policies, which use the API "management" only`,
        { help: `list the scopes, or put "from-policies" under "management"` },
      );
};

/** There is one client at most that policies call the Management API with. */
export const onePoliciesClient: Rule = (lookup, report) => {
  const [first, ...others] = fromPolicies(lookup).filter(({ api }) => api === managementApi);
  for (const { key, at } of others)
    if (first)
      report(
        "several-policies-clients",
        at,
        `client "${key}" is granted what policies use, and so is client "${first.key}" (${placeOf(first.at)})`,
        { related: [{ message: `client "${first.key}"`, at: first.at }] },
      );
};

/** Policies that call the Management API have a client to do it with. */
export const policiesHaveAClient: Rule = (lookup, report) => {
  const { clients, incomplete } = lookup.declarations;
  if (fromPolicies(lookup).some(({ api }) => api === managementApi)) return;
  if (clients.some(({ at }) => incomplete.has(at.file))) return;
  for (const { policy, uses, at } of lookup.steps)
    if (uses.length > 0)
      report(
        "no-policies-client",
        at,
        `policy "${policy}" uses the Management API, and no client is granted what policies use`,
        { help: 'give a machine client the grant "management: from-policies"' },
      );
};
