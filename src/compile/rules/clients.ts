import { isPublic } from "../../model/client-types.ts";
import { limits } from "../../model/limits.ts";
import { managementApi } from "../../model/names.ts";
import type { Span } from "../../model/source.ts";
import type { Lookup } from "../lookup.ts";
import type { Rule } from "../rule.ts";
import { placeOf, quote } from "../wording.ts";

/** Machines have no users; clients that run where everybody can look into them keep no secret and no key. */
export const clientsHaveWhatTheirTypeHas: Rule = ({ declarations }, report) => {
  for (const { key, at, type, ...client } of declarations.clients) {
    // Its type may be what could not be read.
    if (declarations.incomplete.has(at.file)) continue;
    const { callbacks, logoutUrls, connections, allowedRoles = [], authentication, publicKeys } = client;
    const misplaced: Readonly<Record<string, readonly { readonly at: Span }[]>> = {
      ...(type.value === "machine" && { callbacks, logoutUrls, connections, allowedRoles }),
      ...(isPublic(type.value) && { authentication: authentication ? [authentication] : [], publicKeys }),
    };
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

/** A client has public keys if it signs with private ones, and else none; the policies' client has a secret. */
export const clientsAuthenticateInOneWay: Rule = ({ declarations }, report) => {
  for (const { key, at, type, grants, authentication, publicKeys } of declarations.clients) {
    if (declarations.incomplete.has(at.file) || isPublic(type.value)) continue;
    const wrong = (place: Span, fact: string, help: string) =>
      report("wrong-authentication", place, `client "${key}" ${fact}`, { help });
    const [first] = publicKeys;
    if (authentication?.value === "private-key") {
      if (!first)
        wrong(
          authentication.at,
          "signs with a private key and has no public ones",
          'put them under "publicKeys", each with a name and the key as PEM',
        );
      else if (grants.some(({ kind }) => kind === "from-policies"))
        wrong(
          authentication.at,
          "is the policies' client, which has a secret",
          "policies sign in with the secret that Rolebook hands them; leave its authentication out",
        );
    } else if (first)
      wrong(
        first.at,
        "has public keys and does not sign with private ones",
        'write "authentication: private-key", or take the keys out',
      );
  }
};

/** Users' tokens for the Management API are not granted by client: only machines are granted it. */
export const onlyMachinesAreGrantedManagement: Rule = ({ declarations }, report) => {
  for (const { key, at, type, grants } of declarations.clients) {
    if (type.value === "machine" || declarations.incomplete.has(at.file)) continue;
    for (const grant of grants)
      if (grant.api.value === managementApi || grant.kind === "from-policies")
        report(
          "grant-not-allowed",
          grant.api.at,
          `client "${key}" is of type "${type.value}" and granted ${grant.kind === "from-policies" ? "what policies use" : "the Management API"}, which only machines can be (${placeOf(type.at)})`,
          { related: [{ message: "its type", at: type.at }] },
        );
  }
};

/** A tenant has no more client grants than Auth0 takes. */
export const grantsAreFewEnough: Rule = ({ declarations }, report) => {
  const grants = declarations.clients.flatMap((client) => client.grants);
  const tooMany = grants[limits.clientGrantsPerTenant];
  if (tooMany)
    report(
      "limit-exceeded",
      tooMany.api.at,
      `this is one of ${grants.length} client grants, Auth0 takes ${limits.clientGrantsPerTenant} at most`,
    );
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
