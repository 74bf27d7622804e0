import type { AccessModel, Api, Client, Role } from "../model/access-model.ts";
import type {
  ApiDeclaration,
  ClientDeclaration,
  Declarations,
  RoleDeclaration,
  StackDeclaration,
} from "../model/declarations.ts";
import type { Checked } from "../model/diagnostic.ts";
import type { Flows } from "../model/flows.ts";
import { defaultClaimLimit } from "../model/limits.ts";
import type { ApiKey, ClientKey, RoleKey, ScopeValue, Template } from "../model/names.ts";
import { type ManagementOperationName, scopesOf } from "../model/operations.ts";
import { riskByVerb } from "../model/risk.ts";
import type { Located } from "../model/source.ts";
import { type Lookup, lookupOf } from "./lookup.ts";
import { collector } from "./report.ts";
import { rules } from "./rules.ts";
import { selectScopes } from "./select-scopes.ts";

/**
 * What the declarations mean: names looked up, patterns and inclusion resolved, the policies' client granted what the
 * flows use; and all that keeps it from being applied. Stage values are checked for the stacks given, and stay unfilled.
 */
export function resolve(
  declarations: Declarations,
  flows: Flows,
  stacks: readonly StackDeclaration[],
): Checked<AccessModel> {
  const lookup = lookupOf(declarations, flows, stacks);
  const { report, diagnostics } = collector();
  for (const rule of rules) rule(lookup, report);
  const value: AccessModel = {
    apis: declarations.apis.map(apiOf),
    roles: declarations.roles.map((role) => roleOf(role, lookup)),
    groups: [],
    clients: declarations.clients.map((client) => clientOf(client, lookup)),
    guardrails: {
      never: [],
      separate: [],
      together: [],
      approve: [],
      approved: [],
      claimLimit: defaultClaimLimit,
    },
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
    requireUserGrants: false,
    scopes: api.scopes.map(({ value, description, risk }) => ({
      value: value.value as ScopeValue,
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
    reviewBy: undefined,
    formerly: sorted<RoleKey>(role.formerly),
    retired: role.retired !== undefined,
  };
}

function clientOf(client: ClientDeclaration, { scopes, steps }: Lookup): Client {
  const used = scopesOf(steps.flatMap(({ uses }): readonly ManagementOperationName[] => uses));
  return {
    key: client.key,
    name: client.name.value as Template,
    description: client.description.value as Template,
    owner: client.owner?.value,
    type: client.type.value,
    grants: client.grants
      .map((grant) => ({
        subject: client.type.value === "machine" ? ("client" as const) : ("user" as const),
        api: grant.api.value as ApiKey,
        scopes: (grant.kind === "from-policies"
          ? used
          : selectScopes(grant, scopes)) as readonly ScopeValue[],
      }))
      .sort((a, b) => (a.api < b.api ? -1 : 1)),
    isPoliciesClient: client.grants.some(({ kind }) => kind === "from-policies"),
    callbacks: sorted<Template>(client.callbacks),
    logoutUrls: sorted<Template>(client.logoutUrls),
    connections: sorted<string>(client.connections),
    allowedRoles: undefined,
    authentication: {
      kind: client.type.value === "spa" || client.type.value === "native" ? "none" : "secret",
    },
    formerly: sorted<ClientKey>(client.formerly),
    retired: client.retired !== undefined,
  };
}

function sorted<T extends string>(values: readonly Located<string>[]): readonly T[] {
  return values.map(({ value }) => value as T).sort();
}
