// What the declarations mean: who may do what. Pure data without places, the same in every stage: templates still hold
// `${…}`. Every list is sorted by key or name (UTF-16 code units) unless it says otherwise.
import type { ClientType, Risk } from "./declarations.ts";
import type { ApiKey, ClientKey, RoleKey, ScopeValue, Template } from "./names.ts";

export interface Scope {
  readonly value: ScopeValue;
  readonly description: Template;
  readonly risk: Risk;
}

export interface Api {
  readonly key: ApiKey;
  readonly name: Template;
  readonly identifier: Template;
  readonly owner: string | undefined;
  /** Seconds an access token for this API stays valid. */
  readonly tokenLifetime: number;
  readonly offlineAccess: boolean;
  readonly enforceRbac: boolean;
  /** In the order of the file: what people see in consent screens and the dashboard. */
  readonly scopes: readonly Scope[];
  readonly formerly: readonly ApiKey[];
  readonly retired: boolean;
}

/** A scope of an API that somebody has. */
export interface Permission {
  readonly api: ApiKey;
  readonly scope: ScopeValue;
}

/** A permission of a role with the roles that give it: the role itself, or those it includes at any depth. */
export interface EffectivePermission extends Permission {
  readonly via: readonly RoleKey[];
}

export interface Role {
  readonly key: RoleKey;
  /** What tokens and the dashboard show. */
  readonly name: string;
  readonly description: Template;
  readonly owner: string | undefined;
  readonly includes: readonly RoleKey[];
  /** Everything the role gives, inclusion resolved; sorted by API, then scope. */
  readonly permissions: readonly EffectivePermission[];
  readonly formerly: readonly RoleKey[];
  readonly retired: boolean;
}

/** What a client may get by itself at one API. */
export interface ClientGrant {
  readonly api: ApiKey;
  readonly scopes: readonly ScopeValue[];
}

export interface Client {
  readonly key: ClientKey;
  readonly name: Template;
  readonly description: Template;
  readonly owner: string | undefined;
  readonly type: ClientType;
  readonly grants: readonly ClientGrant[];
  /** True for the one client that policies call the Management API with (`management: from-policies`). */
  readonly isPoliciesClient: boolean;
  readonly callbacks: readonly Template[];
  readonly logoutUrls: readonly Template[];
  /** Names of existing connections its users come from. */
  readonly connections: readonly string[];
  readonly formerly: readonly ClientKey[];
  readonly retired: boolean;
}

export interface AccessModel {
  readonly apis: readonly Api[];
  readonly roles: readonly Role[];
  readonly clients: readonly Client[];
}
