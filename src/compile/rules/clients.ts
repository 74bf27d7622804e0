import { allowedRolesText } from "../../model/allowed-roles.ts";
import { isPublic } from "../../model/client-types.ts";
import { limits } from "../../model/limits.ts";
import { managementApi } from "../../model/names.ts";
import type { Located, Span } from "../../model/source.ts";
import { rolesThatInclude } from "../inclusion.ts";
import type { Lookup } from "../lookup.ts";
import type { Rule } from "../rule.ts";
import { placeOf, quote } from "../wording.ts";

/** Machines have no users; clients that run where everybody can look into them keep no secret and no key. */
export const clientsHaveWhatTheirTypeHas: Rule = ({ declarations }, report) => {
  for (const client of declarations.clients) {
    const { key, at, type, callbacks, logoutUrls, connections, allowedRoles, authentication } = client;
    // Its type may be what could not be read.
    if (declarations.incomplete.has(at.file)) continue;
    const keys = client.publicKeys.map((each): Located<unknown> => each);
    const misplaced: Readonly<Record<string, readonly Located<unknown>[] | undefined>> = {
      ...(type.value === "machine" && { callbacks, logoutUrls, connections, allowedRoles }),
      ...(isPublic(type.value) && {
        authentication: authentication && [authentication],
        publicKeys: keys,
      }),
    };
    for (const [name, [first] = []] of Object.entries(misplaced))
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
    if (declarations.incomplete.has(at.file)) continue;
    const [first] = publicKeys;
    if (authentication?.value !== "private-key") {
      if (first && !isPublic(type.value))
        report(
          "wrong-authentication",
          first.at,
          `client "${key}" has public keys and does not sign with private ones`,
          {
            help: 'write "authentication: private-key", or take the keys out',
          },
        );
    } else if (!first)
      report(
        "wrong-authentication",
        authentication.at,
        `client "${key}" signs with a private key and has no public ones`,
        {
          help: 'put them under "publicKeys", each with a name and the key as PEM',
        },
      );
    else if (grants.some(({ kind }) => kind === "from-policies"))
      report(
        "wrong-authentication",
        authentication.at,
        `client "${key}" is the policies' client, which has a secret`,
        {
          help: "policies sign in with the secret that Rolebook hands them; leave its authentication out",
        },
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

/** Where a client lets only some roles in, a policy sees to it: Auth0 by itself lets in everybody. */
export const allowedRolesAreEnforced: Rule = ({ declarations, flows }, report) => {
  const isEnforced = flows.flows.some(
    ({ name, steps }) => name === "login" && steps.some(({ enforces }) => enforces.includes("allowedRoles")),
  );
  // What enforces it may stand in a file that could not be loaded.
  if (isEnforced || [...declarations.incomplete].some((file) => file.startsWith("hooks/"))) return;
  for (const { key, allowedRoles } of declarations.clients) {
    const [first] = allowedRoles ?? [];
    if (first)
      report(
        "unenforced-roles",
        first.at,
        `client "${key}" allows some roles only, and no policy enforces it`,
        {
          help: 'put a policy that enforces "allowedRoles" into the flow "login" of hooks/flows.ts',
        },
      );
  }
};

/** What policies are told of allowed roles fits into the metadata of a client, which Auth0 bounds. */
export const allowedRolesFitIntoMetadata: Rule = (lookup, report) => {
  for (const { key, allowedRoles } of lookup.declarations.clients) {
    const [first] = allowedRoles ?? [];
    if (!allowedRoles || !first) continue;
    const names = rolesThatInclude(allowedRoles, lookup).flatMap((role) => lookup.roles.get(role) ?? []);
    for (const { key: role, name } of names)
      if (name.value.includes(","))
        report(
          "bad-value",
          name.at,
          `role "${role}" has a comma in its name, and client "${key}" allows it: commas part the names of allowed roles`,
          { related: [{ message: `allowed roles of client "${key}"`, at: first.at }] },
        );
    const { length } = allowedRolesText(names.map(({ name }) => name.value));
    if (length > limits.clientMetadataValue)
      report(
        "limit-exceeded",
        first.at,
        `client "${key}" allows ${names.length} roles, whose names take ${length} characters, Auth0 takes ${limits.clientMetadataValue} at most`,
        {
          help: "roles that include an allowed one are counted; allow roles that fewer include, or give them shorter names",
        },
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
