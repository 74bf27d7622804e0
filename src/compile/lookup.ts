// All that was declared, and where to find it by name: what rules look at and the access model is made of.
import type { EffectivePermission } from "../model/access-model.ts";
import type {
  ApiDeclaration,
  Declarations,
  RoleDeclaration,
  StackDeclaration,
} from "../model/declarations.ts";
import type { FlowStep, Flows } from "../model/flows.ts";
import { managementScopes } from "../model/management-scopes.ts";
import { managementApi } from "../model/names.ts";
import type { Located } from "../model/source.ts";
import { effectivePermissions } from "./effective-permissions.ts";

/** The scopes of each API, that of the Management API included; with their places, if they are declared here. */
export type DefinedScopes = ReadonlyMap<string, ReadonlyMap<string, string | Located<string>>>;

/** What was declared, by name where it is looked up by name; the key of what cannot be read is there all the same. */
export interface Lookup {
  readonly declarations: Declarations;
  readonly stacks: readonly StackDeclaration[];
  /** In the order they run, flow by flow. */
  readonly steps: readonly FlowStep[];
  readonly apis: ReadonlyMap<string, ApiDeclaration>;
  readonly roles: ReadonlyMap<string, RoleDeclaration>;
  readonly scopes: DefinedScopes;
  /** What each role gives, inclusion and patterns resolved. */
  readonly permissions: ReadonlyMap<RoleDeclaration, readonly EffectivePermission[]>;
}

/** The declarations and flows with everything to be found by name. */
export function lookupOf(
  declarations: Declarations,
  flows: Flows,
  stacks: readonly StackDeclaration[],
): Lookup {
  const apis = new Map(declarations.apis.map((api) => [api.key as string, api]));
  const roles = new Map(declarations.roles.map((role) => [role.key as string, role]));
  const scopes: DefinedScopes = new Map<string, ReadonlyMap<string, string | Located<string>>>([
    ...declarations.apis.map(
      (api) => [api.key, new Map(api.scopes.map(({ value }) => [value.value, value]))] as const,
    ),
    [managementApi, new Map(managementScopes.map((scope) => [scope, scope]))],
  ]);
  return {
    declarations,
    stacks,
    steps: flows.flows.flatMap(({ steps }) => steps),
    apis,
    roles,
    scopes,
    permissions: new Map(declarations.roles.map((role) => [role, effectivePermissions(role, roles, scopes)])),
  };
}
