// Kinds of settings, and the markers for values that differ between stages. A kind is only a name here: values are
// checked when flows are loaded (src/bundle/load), so that no check is carried into Auth0.
import type { RoleKey, SecretName, StageName } from "./catalogue.ts";

declare const given: unique symbol;
declare const seen: unique symbol;

/** A kind of setting: `Given` is what flows.ts may say, `Seen` is what the policy gets when it runs. */
export interface SettingType<Given = unknown, Seen = unknown> {
  readonly type: "role" | "text" | "claimNamespace";
  readonly [given]?: Given;
  readonly [seen]?: Seen;
}

export type SettingTypes = Readonly<Record<string, SettingType>>;

export type GivenSettings<Types extends SettingTypes> = {
  readonly [Name in keyof Types]: Types[Name] extends SettingType<infer Given, unknown> ? Given : never;
};

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
