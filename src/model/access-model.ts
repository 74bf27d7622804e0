// What the declarations mean: who may do what. Pure data without places, the same in every stage: templates still hold
// `${…}`. Every list is sorted by key or name (UTF-16 code units) unless it says otherwise.
import type { ClientAuthentication, ClientType, GroupDelivery, Risk } from "./declarations.ts";
import type {
  ApiKey,
  ClientKey,
  Day,
  GroupKey,
  PermissionPattern,
  RoleKey,
  ScopeValue,
  Template,
} from "./names.ts";

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
  /** True if clients get tokens of users for this API only as far as they are granted it (`Client.grants`). */
  readonly requireUserGrants: boolean;
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
  /** The day after which somebody has to look at it again. */
  readonly reviewBy: Day | undefined;
  readonly formerly: readonly RoleKey[];
  readonly retired: boolean;
}

/** A role that people in a group have, with the groups that give it: the group itself, or those it is within. */
export interface GroupRole {
  readonly role: RoleKey;
  readonly via: readonly GroupKey[];
}

/** A permission of people in a group: the roles that name it as in a role, and the groups that give those. */
export interface GroupPermission extends EffectivePermission {
  readonly groups: readonly GroupKey[];
}

/** A name that comes with users and gives them roles. Auth0 does not know groups. */
export interface Group {
  readonly key: GroupKey;
  /** What users' `app_metadata.groups` holds. */
  readonly name: string;
  readonly description: Template;
  readonly owner: string | undefined;
  /** What it gives by itself. */
  readonly roles: readonly RoleKey[];
  /** Groups that whoever is in this one is in, too; the next ones only. */
  readonly within: readonly GroupKey[];
  readonly delivery: GroupDelivery;
  /** How directories call it; sorted by connection, then group. */
  readonly from: readonly { readonly connection: string; readonly group: string }[];
  /** What people in it have, groups around it and inclusion of roles resolved. */
  readonly effective: {
    /** Roles that are given by name, those that they include left out; sorted by role. */
    readonly roles: readonly GroupRole[];
    /** Sorted by API, then scope. */
    readonly permissions: readonly GroupPermission[];
  };
  readonly formerly: readonly GroupKey[];
  readonly retired: boolean;
}

/** What a client may get at one API: a machine by itself, the others for the users that sign in with them. */
export interface ClientGrant {
  readonly subject: "client" | "user";
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
  /**
   * Who may sign in with it: who has one of these roles. Closed: roles that include a named one are among them.
   * Undefined if everybody may.
   */
  readonly allowedRoles: readonly RoleKey[] | undefined;
  /** What policies are told of it, beside `allowedRoles`; sorted by name. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly authentication: ClientAuthentication;
  readonly formerly: readonly ClientKey[];
  readonly retired: boolean;
}

/** Whom an approval is for. */
export type ApprovalSubject =
  | { readonly kind: "role"; readonly key: RoleKey }
  | { readonly kind: "client"; readonly key: ClientKey };

/** Somebody's word that a role or a client may have what needs one. */
export interface Approval {
  readonly subject: ApprovalSubject;
  readonly permission: Permission;
  readonly by: string;
  readonly reason: string;
  /** The last day on which it holds; undefined if it holds until it is taken out. */
  readonly until: Day | undefined;
}

/** The laws about access, as rbac/guardrails.yaml has them. */
export interface Guardrails {
  /** What nobody may have: sorted by permission. */
  readonly never: readonly { readonly permission: PermissionPattern; readonly reason: string }[];
  /** Permissions of which nobody may have two: sorted by name, their permissions sorted. */
  readonly separate: readonly { readonly name: string; readonly permissions: readonly PermissionPattern[] }[];
  /** Roles that the same people have, sorted within and by their keys. */
  readonly together: readonly (readonly RoleKey[])[];
  /** What is granted only with an approval: sorted by permission. */
  readonly approve: readonly { readonly permission: PermissionPattern }[];
  /** Sorted by kind and key of the subject, then permission. */
  readonly approved: readonly Approval[];
  /** Bytes of a role's `permissions` claim above which there is a warning. */
  readonly claimLimit: number;
}

export interface AccessModel {
  readonly apis: readonly Api[];
  readonly roles: readonly Role[];
  readonly groups: readonly Group[];
  readonly clients: readonly Client[];
  readonly guardrails: Guardrails;
}
