// Kinds of settings, and the markers for values that differ between stages. A kind is only a name here: values are
// checked when flows are loaded (src/bundle/load), so that no check is carried into Auth0.
import type { RoleKey, SecretName, StageName } from "./catalogue.ts";

declare const given: unique symbol;
declare const seen: unique symbol;

/** A kind of setting: `Given` is what flows.ts may say, `Seen` is what the policy gets when it runs. */
export interface SettingType<Given = unknown, Seen = unknown> {
  readonly type:
    | "role"
    | "roleNames"
    | "text"
    | "texts"
    | "flag"
    | "url"
    | "claimNamespace"
    | "groupTable"
    | "permissionTable"
    | "enabled"
    | "onError";
  readonly [given]?: () => Given;
  readonly [seen]?: () => Seen;
}

export type SettingTypes = Readonly<Record<string, SettingType>>;

type GivenBy<Type> = Type extends SettingType<infer Given, unknown> ? Given : never;

/** Names of settings that may be left out. */
type Optional<Types extends SettingTypes> = {
  [Name in keyof Types]: undefined extends GivenBy<Types[Name]> ? Name : never;
}[keyof Types];

export type GivenSettings<Types extends SettingTypes> = {
  readonly [Name in Exclude<keyof Types, Optional<Types>>]: GivenBy<Types[Name]>;
} & { readonly [Name in Optional<Types>]?: Exclude<GivenBy<Types[Name]>, undefined> };

export type SeenSettings<Types extends SettingTypes> = {
  readonly [Name in keyof Types]: Types[Name] extends SettingType<unknown, infer Seen> ? Seen : never;
};

/** A value that a stack's Pulumi file gives; it travels apart from the code. */
export interface StageValue {
  readonly stage: string;
}

/** The same for a secret one. */
export interface SecretValue {
  readonly secret: string;
}

/** The stage value of that name: another in each stack, with the same code. */
export function stage(name: StageName): StageValue {
  return { stage: name };
}

/** The secret stage value of that name. */
export function secret(name: SecretName): SecretValue {
  return { secret: name };
}

/** A role as policies see it: the Management API wants the id, tokens and events carry the name. */
export interface AssignableRole {
  readonly id: string;
  readonly name: string;
}

/** A role, given by its key in `rbac/roles/`. */
export function role(): SettingType<RoleKey, AssignableRole> {
  return { type: "role" };
}

/** A text that is not empty. */
export function text(): SettingType<string | StageValue | SecretValue, string> {
  return { type: "text" };
}

/** What custom claims start with: an http or https URL that ends in "/", in no domain of Auth0's. */
export function claimNamespace(): SettingType<string | StageValue, string> {
  return { type: "claimNamespace" };
}

/** Roles, given by their keys; policies see their names. */
export function roleNames(): SettingType<readonly RoleKey[], readonly string[]> {
  return { type: "roleNames" };
}

/** Texts, at least one, none of them empty. */
export function texts(): SettingType<readonly string[], readonly string[]> {
  return { type: "texts" };
}

/** True or false; false if it is left out. */
export function flag(): SettingType<boolean | undefined, boolean> {
  return { type: "flag" };
}

/** An https URL that the policy calls: its host needs no other declaration. */
export function url(): SettingType<string | StageValue, string> {
  return { type: "url" };
}

/** What people in a group have, groups around it resolved. */
export interface GroupAccess {
  /** As in `app_metadata.groups`. */
  readonly name: string;
  /** How directories call it, by name of the connection. */
  readonly from: readonly (readonly [connection: string, group: string])[];
  /** Names of the group itself and of all it is within. */
  readonly groups: readonly string[];
  /** Roles that are given by claim only. */
  readonly claimed: readonly string[];
  /** Roles that are assigned in Auth0. */
  readonly stored: readonly AssignableRole[];
}

/** All groups in `rbac/groups/`, compiled into the code. Nothing is given for it. */
export function groupTable(): SettingType<undefined, readonly GroupAccess[]> {
  return { type: "groupTable" };
}

/** Scopes that roles give, by the API's identifier and the role's name. */
export type PermissionTable = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** What roles give at which API, compiled into the code if `true` is given. */
export function permissionTable(): SettingType<true | undefined, PermissionTable | undefined> {
  return { type: "permissionTable" };
}
