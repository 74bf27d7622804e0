// All permissions that there are: what declared APIs define, and Auth0's own Management API.
import type { AccessModel, Permission } from "../model/access-model.ts";
import type { Declarations, Risk } from "../model/declarations.ts";
import { managementScopes } from "../model/management-scopes.ts";
import { managementApi, type ScopeValue, type Template } from "../model/names.ts";
import { riskByVerb } from "../model/risk.ts";
import type { Span } from "../model/source.ts";
import { permissionName } from "./holdings.ts";

/** A scope that an API defines. */
export interface DefinedPermission {
  readonly permission: Permission;
  readonly risk: Risk;
  /** Undefined for scopes of the Management API, as is `at`. */
  readonly description: Template | undefined;
  /** Where its API defines it. */
  readonly at: Span | undefined;
}

/** Every permission by its name, `api/scope`: API by API in the order of their files, the Management API's last. */
export function definedPermissions(
  { apis }: AccessModel,
  declarations: Declarations,
): ReadonlyMap<string, DefinedPermission> {
  const places = new Map<string, Span>(
    declarations.apis.flatMap(({ key, scopes }) =>
      scopes.map(({ value }) => [`${key}/${value.value}`, value.at] as const),
    ),
  );
  const declared = apis.flatMap(({ key: api, scopes }) =>
    scopes.map(({ value: scope, risk, description }): DefinedPermission => {
      const permission = { api, scope };
      return { permission, risk, description, at: places.get(permissionName(permission)) };
    }),
  );
  const ofAuth0 = managementScopes.map((text): DefinedPermission => {
    const scope = text as ScopeValue; // as: it is one of Auth0's
    return {
      permission: { api: managementApi, scope },
      risk: riskByVerb(scope),
      description: undefined,
      at: undefined,
    };
  });
  return new Map([...declared, ...ofAuth0].map((each) => [permissionName(each.permission), each]));
}
