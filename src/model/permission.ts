// Permissions as one text, `api/scope`: the way guardrails, reports and questions name them.
import type { Permission } from "./access-model.ts";
import type { ApiKey, PermissionPattern, ScopeValue } from "./names.ts";
import { matchesPattern } from "./pattern.ts";

/** The permission as `api/scope`. */
export function permissionText({ api, scope }: Permission): string {
  return `${api}/${scope}`;
}

/** The parts of `api/scope`. Keys of APIs hold no `/`, scopes may. */
export function permissionOf(text: string): Permission {
  const slash = text.indexOf("/");
  return { api: text.slice(0, slash) as ApiKey, scope: text.slice(slash + 1) as ScopeValue }; // as: the text names them
}

/** True if API and scope fit the pattern, each its own part. */
export function matchesPermission(pattern: PermissionPattern, { api, scope }: Permission): boolean {
  const wanted = permissionOf(pattern);
  return matchesPattern(wanted.api, api) && matchesPattern(wanted.scope, scope);
}
