// Values of settings: which a kind of setting takes, and what they become in the model.
import { claimNamespaceForm, isClaimNamespace } from "../../model/claims.ts";
import type { DiagnosticCode } from "../../model/diagnostic.ts";
import type { SettingValue } from "../../model/flows.ts";
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
  text: (given) =>
    marker(given, ["stage", "secret"]) ?? literalText(given) ?? bad('a text, stage("…") or secret("…")'),
  claimNamespace: (given) => {
    const value = marker(given, ["stage"]) ?? literalText(given);
    switch (value?.kind) {
      case "stage":
        return { ...value, isNamespace: true };
      case "literal":
        return isClaimNamespace(String(value.value))
          ? value
          : { kind: "fault", code: "policy-restricted-claim", expected: claimNamespaceForm };
      default:
        return bad('a URL or stage("…")');
    }
  },
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

function marker(given: unknown, kinds: readonly ("stage" | "secret")[]): SettingValue | undefined {
  if (!isObject(given)) return undefined;
  for (const kind of kinds) {
    const name = given[kind];
    if (typeof name === "string") return { kind, name };
  }
  return undefined;
}
