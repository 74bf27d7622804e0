// Values that travel apart from the code: their keys, and which of them a flow needs.

import type { AccessModel } from "../model/access-model.ts";
import type { BundleValue, ValueSource } from "../model/bundles.ts";
import { compareText } from "../model/diagnostic.ts";
import type { Flow, SettingValue } from "../model/flows.ts";
import { tokenValues } from "./runtime/token.ts";
import { tableSources } from "./tables.ts";

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

/** Where a value that travels apart comes from. */
export function sourceOf(value: Extract<SettingValue, { kind: "stage" | "secret" }>): ValueSource {
  return { kind: value.kind, name: value.name };
}

/** All values that a flow reads, each once, sorted by key. Names that differ in case only may have one key. */
export function valuesOf(
  { name, steps }: Pick<Flow, "name" | "steps">,
  model: AccessModel,
): readonly BundleValue[] {
  const usesManagement = steps.some(({ uses }) => uses.length > 0);
  const given = steps.flatMap(({ settings }) => settings.map(({ value }) => value));
  const sources: readonly ValueSource[] = [
    ...given.flatMap((value) => sourcesIn(value, model)),
    // Exchanges for the Management API are told from others by the tenant's domain.
    ...(usesManagement || name === "credentialsExchange" ? [{ kind: "tenant-domain" } as const] : []),
    ...(usesManagement
      ? ([{ kind: "policies-client-id" }, { kind: "policies-client-secret" }] as const)
      : []),
  ];
  const unique = new Map(sources.map((source) => [JSON.stringify(source), source]));
  return [...unique.values()]
    .map((source) => ({ key: keyOf(source), source }))
    .sort((a, b) => compareText(a.key, b.key));
}

function sourcesIn(value: SettingValue, model: AccessModel): readonly ValueSource[] {
  switch (value.kind) {
    case "literal":
    case "role-names":
      return [];
    case "role":
      return [{ kind: "role-id", role: value.role }];
    case "table":
      return tableSources(value.table, model);
    case "stage":
    case "secret":
      return [sourceOf(value)];
  }
}

function constantCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]/g, "_")
    .toUpperCase();
}
