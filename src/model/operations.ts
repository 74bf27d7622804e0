// The Management API operations a policy may use: the one source for the calls, for the scopes of the policies' client
// and for tests. Source: Auth0's OpenAPI document and 403 texts, as of August 2026.

interface ManagementOperation {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** The path below `/api/v2`; `{name}` stands for a parameter. */
  readonly path: string;
  /** The scopes the policies' client needs: where Auth0 takes any of several, the narrowest. */
  readonly scopes: readonly string[];
  /** True if a repetition after an unclear outcome changes nothing more. */
  readonly repeatable: boolean;
}

export const managementOperations = {
  "users.get": { method: "GET", path: "/users/{id}", scopes: ["read:users"], repeatable: true },
  "users.roles.list": {
    method: "GET",
    path: "/users/{id}/roles",
    scopes: ["read:role_members", "read:roles", "read:users"],
    repeatable: true,
  },
  "users.roles.assign": {
    method: "POST",
    path: "/users/{id}/roles",
    scopes: ["create:role_members"],
    repeatable: true,
  },
  "users.roles.remove": {
    method: "DELETE",
    path: "/users/{id}/roles",
    scopes: ["delete:role_members"],
    repeatable: true,
  },
} as const satisfies Record<string, ManagementOperation>;

export type ManagementOperationName = keyof typeof managementOperations;

/** The Management API scopes that a set of operations needs, sorted; enough, and none more. */
export function scopesOf(operations: Iterable<ManagementOperationName>): readonly string[] {
  return [...new Set([...operations].flatMap((name) => managementOperations[name].scopes))].sort();
}
