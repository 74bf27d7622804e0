// All that was declared, and where to find it by name: what rules look at and the access model is made of.
import type { EffectivePermission, Group } from "../model/access-model.ts";
import type {
  ApiDeclaration,
  ClientDeclaration,
  Declarations,
  GroupDeclaration,
  RoleDeclaration,
  StackDeclaration,
} from "../model/declarations.ts";
import type { FlowStep, Flows } from "../model/flows.ts";
import { managementScopes } from "../model/management-scopes.ts";
import { type Day, managementApi } from "../model/names.ts";
import { type ManagementOperationName, scopesOf } from "../model/operations.ts";
import type { Located } from "../model/source.ts";
import { effectivePermissions } from "./effective-permissions.ts";
import { type GivenPermission, givenByRole, givenToClient } from "./given-permissions.ts";
import { groupAccess } from "./group-access.ts";

/** The scopes of each API, that of the Management API included; with their places, if they are declared here. */
export type DefinedScopes = ReadonlyMap<string, ReadonlyMap<string, string | Located<string>>>;

/** What was declared, by name where it is looked up by name; the key of what cannot be read is there all the same. */
export interface Lookup {
  readonly declarations: Declarations;
  readonly flows: Flows;
  readonly stacks: readonly StackDeclaration[];
  /** Undefined if dates are not looked at. */
  readonly today: Day | undefined;
  /** In the order they run, flow by flow. */
  readonly steps: readonly FlowStep[];
  readonly apis: ReadonlyMap<string, ApiDeclaration>;
  readonly roles: ReadonlyMap<string, RoleDeclaration>;
  readonly groups: ReadonlyMap<string, GroupDeclaration>;
  readonly clients: ReadonlyMap<string, ClientDeclaration>;
  /** Clients that have what they are granted; grants of others only bound what their users get. */
  readonly machines: readonly ClientDeclaration[];
  readonly scopes: DefinedScopes;
  /** What each role gives by itself, and each client is granted; patterns resolved. */
  readonly given: ReadonlyMap<RoleDeclaration | ClientDeclaration, readonly GivenPermission[]>;
  /** What each role gives, inclusion and patterns resolved. */
  readonly permissions: ReadonlyMap<RoleDeclaration, readonly EffectivePermission[]>;
  /** What people in each group have, groups around it and inclusion of roles resolved. */
  readonly access: ReadonlyMap<GroupDeclaration, Group["effective"]>;
}

/** The declarations and flows with everything to be found by name. */
export function lookupOf(
  declarations: Declarations,
  flows: Flows,
  stacks: readonly StackDeclaration[],
  today: Day | undefined,
): Lookup {
  const apis = byKey(declarations.apis);
  const roles = byKey(declarations.roles);
  const groups = byKey(declarations.groups);
  const scopes: DefinedScopes = new Map<string, ReadonlyMap<string, string | Located<string>>>([
    ...declarations.apis.map(
      (api) => [api.key, new Map(api.scopes.map(({ value }) => [value.value, value]))] as const,
    ),
    [managementApi, new Map(managementScopes.map((scope) => [scope, scope]))],
  ]);
  const steps = flows.flows.flatMap((flow) => flow.steps);
  const used = scopesOf(steps.flatMap(({ uses }): readonly ManagementOperationName[] => uses));
  const given = new Map<RoleDeclaration | ClientDeclaration, readonly GivenPermission[]>([
    ...declarations.roles.map((role) => [role, givenByRole(role, scopes)] as const),
    ...declarations.clients.map((client) => [client, givenToClient(client, scopes, used)] as const),
  ]);
  const permissions = new Map(
    declarations.roles.map((role) => [role, effectivePermissions(role, roles, given)]),
  );
  return {
    declarations,
    flows,
    stacks,
    today,
    steps,
    apis,
    roles,
    groups,
    clients: byKey(declarations.clients),
    machines: declarations.clients.filter(({ type }) => type.value === "machine"),
    scopes,
    given,
    permissions,
    access: new Map(
      declarations.groups.map((group) => [group, groupAccess(group, groups, roles, permissions)]),
    ),
  };
}

function byKey<T extends { readonly key: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  return new Map(all.map((each) => [each.key, each]));
}
