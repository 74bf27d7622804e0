// Values of settings: which a kind of setting takes, and what they become in the model.
import { claimNamespaceForm, isClaimNamespace } from "../../model/claims.ts";
import type { DiagnosticCode } from "../../model/diagnostic.ts";
import { failureModes, type SettingValue } from "../../model/flows.ts";
import { isHttpsUrl, urlForm } from "../../model/urls.ts";
import type { StepOptions } from "../../policy/policy.ts";
import type { SettingType } from "../../policy/settings.ts";
import { isObject } from "./shape.ts";

/** A setting's value in the model, or why it is none. */
export type ReadSetting =
  | SettingValue
  | { readonly kind: "fault"; readonly code: DiagnosticCode; readonly expected: string };

type Kind = SettingType["type"];

const readers: Readonly<Record<Kind, (given: unknown) => ReadSetting>> = {
  role: (given) =>
    typeof given === "string" ? { kind: "role", role: given } : bad("the key of a role, a text"),
  roleNames: (given) =>
    isTexts(given) ? { kind: "role-names", roles: given } : bad("a list of keys of roles, at least one"),
  text: (given) =>
    marker(given, ["stage", "secret"]) ?? literalText(given) ?? bad('a text, stage("…") or secret("…")'),
  texts: (given) =>
    isTexts(given) ? { kind: "literal", value: given } : bad("a list of texts, at least one, none empty"),
  flag: (given = false) =>
    typeof given === "boolean" ? { kind: "literal", value: given } : bad("true or false"),
  url: (given) => {
    const value = marker(given, ["stage"]) ?? literalText(given);
    if (value?.kind === "stage") return { ...value, form: "url" };
    return value?.kind === "literal" && isHttpsUrl(String(value.value)) ? value : bad(urlForm);
  },
  claimNamespace: (given) => {
    const value = marker(given, ["stage"]) ?? literalText(given);
    switch (value?.kind) {
      case "stage":
        return { ...value, form: "claimNamespace" };
      case "literal":
        return isClaimNamespace(String(value.value))
          ? value
          : { kind: "fault", code: "policy-restricted-claim", expected: claimNamespaceForm };
      default:
        return bad('a URL or stage("…")');
    }
  },
  groupTable: (given) =>
    given === undefined ? { kind: "table", table: "groups" } : bad("left out: it is made of rbac/groups/"),
  permissionTable: (given) => {
    if (given === undefined) return { kind: "literal", value: undefined };
    return given === true ? { kind: "table", table: "permissions" } : bad("true, or left out");
  },
  enabled: (given) => {
    if (typeof given === "boolean") return { kind: "literal", value: given };
    const value = marker(given, ["stage"]);
    return value?.kind === "stage" ? { ...value, form: "switch" } : bad('true, false or stage("…")');
  },
  onError: (given) =>
    failureModes.some((each) => each === given)
      ? { kind: "literal", value: given }
      : bad(failureModes.map((each) => `"${each}"`).join(" or ")),
};

/** Settings that any policy can be given, beside its own. */
export const stepOptions: Readonly<Record<keyof StepOptions, SettingType>> = {
  enabled: { type: "enabled" },
  onError: { type: "onError" },
};

/** True for what `role()`, `text()` and the others give. */
export function isSettingType(value: unknown): value is SettingType {
  return isObject(value) && typeof value.type === "string" && Object.hasOwn(readers, value.type);
}

/** Reads what flows.ts gives for a setting of that kind. */
export function readSetting({ type }: SettingType, given: unknown): ReadSetting {
  return readers[type](given);
}

function bad(expected: string): ReadSetting {
  return { kind: "fault", code: "policy-bad-setting", expected };
}

function literalText(given: unknown): SettingValue | undefined {
  return typeof given === "string" && given !== "" ? { kind: "literal", value: given } : undefined;
}

const isTexts = (given: unknown): given is readonly string[] =>
  Array.isArray(given) && given.length > 0 && given.every((each) => typeof each === "string" && each !== "");

function marker(given: unknown, kinds: readonly ("stage" | "secret")[]): SettingValue | undefined {
  if (!isObject(given)) return undefined;
  for (const kind of kinds) {
    const name = given[kind];
    if (typeof name === "string") return { kind, name };
  }
  return undefined;
}
