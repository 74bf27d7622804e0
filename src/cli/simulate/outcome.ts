// Which policy set which claim, and where roles come from: what the traces of a simulation come to.
import type { JWTPayload } from "jose";
import type { Estate } from "../../estate.ts";
import { type PermissionSource, permissionSources } from "../claims/permission-sources.ts";
import { standardClaim } from "../claims/standard-claims.ts";
import type { Simulated } from "./simulate.ts";
import type { FlowTrace, PolicyTrace } from "./trace.ts";

/** A claim of a token, and who made it. */
export interface ClaimOrigin {
  readonly name: string;
  readonly value: unknown;
  /** The policy that set it last, with its file; undefined if Auth0 or code of others made it. */
  readonly policy: Pick<PolicyTrace, "policy" | "file"> | undefined;
  /** What it says, if Auth0 made it. */
  readonly says: string | undefined;
}

/** The claims of a token with who made them, in the token's order. */
export function claimOrigins(
  payload: JWTPayload,
  token: "idToken" | "accessToken",
  flows: readonly FlowTrace[],
): readonly ClaimOrigin[] {
  const setters = settersOf(token, flows);
  return Object.entries(payload).map(([name, value]) => {
    const policy = setters.get(name);
    return { name, value, policy, says: policy ? undefined : standardClaim(name) };
  });
}

/** Claims that policies set and that are not in the token: Auth0 drops names that it keeps for itself. */
export function droppedClaims(
  payload: JWTPayload,
  token: "idToken" | "accessToken",
  flows: readonly FlowTrace[],
): readonly { readonly name: string; readonly policy: string }[] {
  return [...settersOf(token, flows)]
    .filter(([name]) => !Object.hasOwn(payload, name))
    .map(([name, { policy }]) => ({ name, policy }));
}

function settersOf(token: "idToken" | "accessToken", flows: readonly FlowTrace[]) {
  return new Map(
    flows.flatMap(({ policies }) =>
      policies.flatMap((trace) => Object.keys(trace.effects[token]).map((name) => [name, trace] as const)),
    ),
  );
}

/** A role that the user has for policies, for Auth0, or for both, and where it comes from. */
export interface RoleOrigin {
  readonly role: string;
  /** The policy that let the user pass for one who has it; undefined if none did. */
  readonly addedBy: string | undefined;
  /** Whether Auth0 stores it, and since when: only stored roles give `permissions`. */
  readonly stored: "before" | "meanwhile" | "no";
}

/** The roles of the user, by name. */
export function roleOrigins({ flows, roles }: Pick<Simulated, "flows" | "roles">): readonly RoleOrigin[] {
  const added = new Map(
    flows.flatMap(({ policies }) =>
      policies.flatMap(({ policy, effects }) => effects.roles.map((role) => [role, policy] as const)),
    ),
  );
  return [...new Set([...roles.before, ...roles.after, ...added.keys()])].sort().map((role) => ({
    role,
    addedBy: added.get(role),
    stored: !roles.after.includes(role) ? "no" : roles.before.includes(role) ? "before" : "meanwhile",
  }));
}

/** The permissions of the access token, each with the stored roles, or the grant, that give it. */
export function permissionOrigins(
  { scenario: { api, client, kind }, tokens, roles }: Simulated,
  estate: Estate,
): readonly { readonly permission: string; readonly sources: readonly PermissionSource[] }[] {
  const permissions = tokens.access?.permissions;
  if (!Array.isArray(permissions)) return [];
  const bearer = kind === "exchange" ? { machine: client.key } : { roles: roles.after };
  return permissions.map(String).map((permission) => ({
    permission,
    sources: permissionSources(permission, api, bearer, estate),
  }));
}
