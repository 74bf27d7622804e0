// What a token is, who made each of its claims, and what is not as it should be.
import type { JWTPayload } from "jose";
import type { Estate } from "../../estate.ts";
import { standardClaim } from "../claims/standard-claims.ts";
import { type NamedStage, stagesOf } from "../stages.ts";
import { type ExpectedClaims, expectedClaims } from "./expected-claims.ts";
import type { KnownHere } from "./known-here.ts";
import { namespacesOf, originOf, type TokenOrigin } from "./origin.ts";
import {
  type GivenPermission,
  givenPermissions,
  type MissingPermissions,
  missingPermissions,
} from "./permissions.ts";

/** A claim of the token, and who made it. */
export interface ExplainedClaim {
  readonly name: string;
  readonly value: unknown;
  readonly by: "Auth0" | "policy" | "unknown";
  /** What it says, or which policy sets it where, or what can be said of where it comes from. */
  readonly says: string;
}

/** All that can be said of a token. */
export interface Explanation extends Pick<TokenOrigin, "kind" | "audiences"> {
  readonly stack: string | undefined;
  readonly api: string | undefined;
  readonly client: string | undefined;
  /** Undefined if there was no tenant to ask for its keys. */
  readonly isSigned: boolean | undefined;
  readonly claims: readonly ExplainedClaim[];
  readonly permissions: readonly GivenPermission[];
  readonly missing: readonly MissingPermissions[];
  /** What is not as it should be, most important first. */
  readonly findings: readonly string[];
}

/** What a token is explained with. */
export interface Surroundings {
  readonly root: string;
  readonly estate: Estate;
  /** The stack that it should be of, if that is said. */
  readonly wanted: NamedStage | undefined;
  readonly known: KnownHere | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Explains the claims of a token. */
export async function explain(payload: JWTPayload, around: Surroundings): Promise<Explanation> {
  const { root, estate, wanted, known } = around;
  const origin = originOf(payload, estate);
  const { kind, api, audiences } = origin;
  const stage = wanted ?? origin.stage ?? stagesOf(estate)[0];
  const named = rolesIn(payload, estate);
  const roles = [...new Set([...named, ...(known?.storedRoles ?? [])])];
  const expected: ExpectedClaims = stage
    ? await expectedClaims(kind, api, known?.clientName, roles, { root, estate, stage })
    : { setters: new Map(), off: [] };
  const isOfPerson = kind === "access token of a person";
  const client = estate.model.clients.find(({ name }) => name === known?.clientName)?.key;
  const missing =
    isOfPerson && api
      ? missingPermissions(payload, api, { roles, storedRoles: known?.storedRoles }, estate)
      : [];
  return {
    kind,
    audiences,
    stack: origin.stage?.stack,
    api: api?.key,
    client: client ?? known?.clientName,
    isSigned: known?.isSigned,
    claims: Object.entries(payload)
      .filter(([name]) => name !== "permissions" || !api)
      .map(([name, value]) => ({ name, value, ...makerOf(name, expected, estate) })),
    permissions: api
      ? givenPermissions(payload, api, isOfPerson ? { roles } : { machine: client }, estate)
      : [],
    missing,
    findings: findingsOf(payload, origin, expected, missing, around),
  };
}

/** Names of declared roles in claims of our policies; other lists may have names in them that are none. */
function rolesIn(payload: JWTPayload, { model }: Estate): readonly string[] {
  const lists = Object.entries(payload).flatMap(([name, value]) =>
    /^https?:.*roles$/.test(name) && Array.isArray(value) ? value.map(String) : [],
  );
  return model.roles.map(({ name }) => name as string).filter((name) => lists.includes(name));
}

function makerOf(
  name: string,
  { setters }: ExpectedClaims,
  estate: Estate,
): Pick<ExplainedClaim, "by" | "says"> {
  const setter = setters.get(name);
  if (setter) return { by: "policy", says: `${setter.policy} (${setter.file})` };
  const says = standardClaim(name);
  if (says) return { by: "Auth0", says };
  const other = stagesOf(estate).find((each) => namespacesOf(each).some((start) => name.startsWith(start)));
  return {
    by: "unknown",
    says: other
      ? `in the namespace of stack ${other.stack}, but no policy of this checkout sets it there`
      : "no policy of this checkout: code of others in the tenant",
  };
}

function findingsOf(
  payload: JWTPayload,
  { kind, stage, api, audiences }: TokenOrigin,
  { setters, off }: ExpectedClaims,
  missing: readonly MissingPermissions[],
  { wanted, known, now, estate }: Surroundings,
): readonly string[] {
  const stacks = stagesOf(estate).map((each) => each.stack);
  // What a machine gets depends on the client: without a tenant to ask, its name is not known.
  const isKnown = kind !== "access token of a machine" || known?.clientName !== undefined;
  const lacking = [...setters].filter(([name]) => isKnown && !Object.hasOwn(payload, name));
  return [
    ...(known && !known.isSigned ? ["the tenant that it names did not sign it"] : []),
    ...(stage
      ? []
      : [`it is of none of the stacks here (${stacks.join(", ")}): issued by ${String(payload.iss)}`]),
    ...(wanted && stage && wanted.stack !== stage.stack
      ? [`it is of stack ${stage.stack}, not of ${wanted.stack}: issued by ${String(payload.iss)}`]
      : []),
    ...(payload.exp !== undefined && payload.exp * 1000 <= now
      ? [`it ended ${timeText(payload.exp)}: log in again, or use the refresh token`]
      : []),
    ...(kind !== "ID token" && !api && stage && !audiences.some((each) => each.endsWith("/api/v2/"))
      ? [`it is for ${audiences.join(", ") || "no API"}, which no file in rbac/apis/ declares`]
      : []),
    ...lacking.map(
      ([name, { policy, file }]) =>
        `${name} is missing: ${policy} (${file}) sets it now; the token is older, or of a tenant where that has not been applied${off.length > 0 ? ` (switched off: ${off.join(", ")})` : ""}`,
    ),
    ...missing
      .filter(({ isExpected }) => !isExpected)
      .map(({ role, permissions, why }) => `${permissions.join(", ")} of role ${role} is missing: ${why}`),
  ];
}

/** Seconds since the epoch, for people. */
function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
