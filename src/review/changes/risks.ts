import type { AccessModel, Permission } from "../../model/access-model.ts";
import type { Risk } from "../../model/declarations.ts";
import { managementApi, type RoleKey } from "../../model/names.ts";
import { permissionText } from "../../model/permission.ts";
import { riskByVerb } from "../../model/risk.ts";
import { highestRisk } from "../change.ts";

/** How dangerous permissions are, and what gives them. */
export interface Risks {
  /** The higher of what base and head say: a change cannot talk itself down. */
  of(permission: Permission): Risk;
  /** Of all that the role gives in either; low if it is not there. */
  ofRole(role: RoleKey | string): Risk;
  ofAll(permissions: readonly Permission[]): Risk;
}

/** The risks by both states. */
export function risksOf(base: AccessModel, head: AccessModel): Risks {
  const declared = new Map<string, Risk>();
  for (const { apis } of [base, head])
    for (const { key: api, scopes } of apis)
      for (const { value: scope, risk } of scopes) {
        const name = permissionText({ api, scope });
        declared.set(name, highestRisk([risk, ...(declared.has(name) ? [declared.get(name) ?? risk] : [])]));
      }
  const of = (permission: Permission) =>
    declared.get(permissionText(permission)) ??
    (permission.api === managementApi ? riskByVerb(permission.scope) : "medium");
  const ofAll = (permissions: readonly Permission[]) => highestRisk(permissions.map(of));
  return {
    of,
    ofAll,
    ofRole: (role) =>
      ofAll([base, head].flatMap(({ roles }) => roles.find(({ key }) => key === role)?.permissions ?? [])),
  };
}
