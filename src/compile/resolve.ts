import type { AccessModel, Api, Client, Group, Role } from "../model/access-model.ts";
import { isPublic } from "../model/client-types.ts";
import type {
  ApiDeclaration,
  ClientDeclaration,
  Declarations,
  GroupDeclaration,
  RoleDeclaration,
  StackDeclaration,
} from "../model/declarations.ts";
import { type Checked, compareText } from "../model/diagnostic.ts";
import type { Flows } from "../model/flows.ts";
import type { ApiKey, ClientKey, Day, GroupKey, RoleKey, Template } from "../model/names.ts";
import { riskByVerb } from "../model/risk.ts";
import type { Located } from "../model/source.ts";
import { rolesThatInclude } from "./inclusion.ts";
import { type Lookup, lookupOf } from "./lookup.ts";
import { collector } from "./report.ts";
import { guardrailsOf } from "./resolve-guardrails.ts";
import { rules } from "./rules.ts";

/**
 * What the declarations mean: names looked up, patterns and inclusion resolved, the policies' client granted what the
 * flows use; and all that keeps it from being applied. Stage values are checked for the stacks given, and stay unfilled.
 * What is past its date is found only if `today` says what day it is.
 */
export function resolve(
  declarations: Declarations,
  flows: Flows,
  stacks: readonly StackDeclaration[],
  today?: Day,
): Checked<AccessModel> {
  const lookup = lookupOf(declarations, flows, stacks, today);
  const { report, diagnostics } = collector();
  for (const rule of rules) rule(lookup, report);
  const value: AccessModel = {
    apis: declarations.apis.map(apiOf),
    roles: declarations.roles.map((role) => roleOf(role, lookup)),
    groups: declarations.groups.map((group) => groupOf(group, lookup)),
    clients: declarations.clients.map((client) => clientOf(client, lookup)),
    guardrails: guardrailsOf(declarations.guardrails),
  };
  return { value, diagnostics };
}

// Brands are given here: the rules have looked at every name, and a model with errors is not used.

function apiOf(api: ApiDeclaration): Api {
  return {
    key: api.key,
    name: api.name.value as Template,
    identifier: api.identifier.value as Template,
    owner: api.owner?.value,
    tokenLifetime: api.tokenLifetime,
    offlineAccess: api.offlineAccess,
    enforceRbac: api.enforceRbac,
    requireUserGrants: api.requireUserGrants,
    scopes: api.scopes.map(({ value, description, risk }) => ({
      value: value.value as Api["scopes"][number]["value"],
      description: description.value as Template,
      risk: risk ?? riskByVerb(value.value),
    })),
    formerly: sorted<ApiKey>(api.formerly),
    retired: api.retired !== undefined,
  };
}

function roleOf(role: RoleDeclaration, { permissions }: Lookup): Role {
  return {
    key: role.key,
    name: role.name.value,
    description: role.description.value as Template,
    owner: role.owner?.value,
    includes: sorted<RoleKey>(role.includes),
    permissions: permissions.get(role) ?? [],
    reviewBy: role.reviewBy?.value,
    formerly: sorted<RoleKey>(role.formerly),
    retired: role.retired !== undefined,
  };
}

function groupOf(group: GroupDeclaration, { access }: Lookup): Group {
  return {
    key: group.key,
    name: group.name.value,
    description: group.description.value as Template,
    owner: group.owner?.value,
    roles: sorted<RoleKey>(group.roles),
    within: sorted<GroupKey>(group.within),
    delivery: group.delivery,
    from: group.from.toSorted(
      (a, b) => compareText(a.connection, b.connection) || compareText(a.group, b.group),
    ),
    effective: access.get(group) ?? { roles: [], permissions: [] },
    formerly: sorted<GroupKey>(group.formerly),
    retired: group.retired !== undefined,
  };
}

function clientOf(client: ClientDeclaration, lookup: Lookup): Client {
  const given = lookup.given.get(client) ?? [];
  return {
    key: client.key,
    name: client.name.value as Template,
    description: client.description.value as Template,
    owner: client.owner?.value,
    type: client.type.value,
    grants: client.grants
      .map(({ api }) => ({
        subject: client.type.value === "machine" ? ("client" as const) : ("user" as const),
        api: api.value as ApiKey,
        scopes: given.filter((each) => each.api === api.value).map(({ scope }) => scope),
      }))
      .sort((a, b) => compareText(a.api, b.api)),
    isPoliciesClient: client.grants.some(({ kind }) => kind === "from-policies"),
    callbacks: sorted<Template>(client.callbacks),
    logoutUrls: sorted<Template>(client.logoutUrls),
    connections: sorted<string>(client.connections),
    allowedRoles: client.allowedRoles && rolesThatInclude(client.allowedRoles, lookup),
    metadata: Object.fromEntries(
      client.metadata
        .map(({ name, value }) => [name.value, value] as const)
        .sort(([a], [b]) => compareText(a, b)),
    ),
    authentication: authenticationOf(client),
    formerly: sorted<ClientKey>(client.formerly),
    retired: client.retired !== undefined,
  };
}

function authenticationOf({ type, authentication, publicKeys }: ClientDeclaration): Client["authentication"] {
  if (isPublic(type.value)) return { kind: "none" };
  if (authentication?.value !== "private-key") return { kind: "secret" };
  const keys = publicKeys.map(({ value }) => value);
  return { kind: "private-key", publicKeys: keys.sort((a, b) => compareText(a.name, b.name)) };
}

function sorted<T extends string>(values: readonly Located<string>[]): readonly T[] {
  return values.map(({ value }) => value as T).sort();
}
