// Values that travel apart from the code: their keys, and which of them a flow needs.
import type { BundleValue, ValueSource } from "../model/bundles.ts";
import { compareText } from "../model/diagnostic.ts";
import type { FlowStep, SettingValue } from "../model/flows.ts";
import { tokenValues } from "./runtime/token.ts";

/**
 * The key a value has in hook secrets, rule configuration and action secrets alike: `ROLEBOOK_`, its kind, and its name
 * in upper case, such as `ROLEBOOK_STAGE_CLAIM_NAMESPACE` or `ROLEBOOK_ROLE_SUPPORT_AGENT`.
 */
export function keyOf(source: ValueSource): string {
  switch (source.kind) {
    case "stage":
      return `ROLEBOOK_STAGE_${constantCase(source.name)}`;
    case "secret":
      return `ROLEBOOK_SECRET_${constantCase(source.name)}`;
    case "role-id":
      return `ROLEBOOK_ROLE_${constantCase(source.role)}`;
    case "tenant-domain":
      return tokenValues.domain;
    case "policies-client-id":
      return tokenValues.clientId;
    case "policies-client-secret":
      return tokenValues.clientSecret;
  }
}

/** Where the value of a setting comes from; undefined if it is part of the code. */
export function sourceOf(value: SettingValue): ValueSource | undefined {
  switch (value.kind) {
    case "literal":
      return undefined;
    case "role":
      return { kind: "role-id", role: value.role };
    case "stage":
    case "secret":
      return { kind: value.kind, name: value.name };
  }
}

/** All values that the steps read, each once, sorted by key. Names that differ in case only may have one key. */
export function valuesOf(steps: readonly FlowStep[]): readonly BundleValue[] {
  const usesManagement = steps.some(({ uses }) => uses.length > 0);
  const sources: readonly ValueSource[] = [
    ...steps.flatMap(({ settings }) => settings.flatMap(({ value }) => sourceOf(value) ?? [])),
    ...(usesManagement
      ? ([
          { kind: "tenant-domain" },
          { kind: "policies-client-id" },
          { kind: "policies-client-secret" },
        ] as const)
      : []),
  ];
  const unique = new Map(sources.map((source) => [JSON.stringify(source), source]));
  return [...unique.values()]
    .map((source) => ({ key: keyOf(source), source }))
    .sort((a, b) => compareText(a.key, b.key));
}

function constantCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]/g, "_")
    .toUpperCase();
}
