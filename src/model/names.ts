// Strings that must not be mixed up. A brand is given where the text has been checked, at the edge of the program.

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** The key of an API: the name of its file in `rbac/apis/`, kebab-case; or `management`. */
export type ApiKey = Branded<"ApiKey">;
/** The key of a role: the name of its file in `rbac/roles/`, kebab-case. */
export type RoleKey = Branded<"RoleKey">;
/** The key of a client: the name of its file in `rbac/clients/`, kebab-case. */
export type ClientKey = Branded<"ClientKey">;
/** The key of a group: the name of its file in `rbac/groups/`, kebab-case. */
export type GroupKey = Branded<"GroupKey">;
/** What an API defines and a permission or grant names, such as `read:orders`. */
export type ScopeValue = Branded<"ScopeValue">;
/** The name of a stage value, a bare key of `config:` in Pulumi.yaml. */
export type StageValueName = Branded<"StageValueName">;
/** Permissions as guardrails write them: `api/scope`, where `*` stands for any run of characters in either part. */
export type PermissionPattern = Branded<"PermissionPattern">;
/** A day as `YYYY-MM-DD`: texts of days are in the order of time. */
export type Day = Branded<"Day">;
/** Text in which `${name}` stands for a stage value. */
export type Template = Branded<"Template">;
/** The name of a Pulumi resource: its identity across updates. Made only in src/plan/names.ts. */
export type LogicalName = Branded<"LogicalName">;

/** The key of Auth0's own Management API. It cannot be declared, only granted. */
export const managementApi = "management" as ApiKey;
