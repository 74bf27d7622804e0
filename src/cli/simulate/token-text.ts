// The tokens of a simulation for people: who made each claim.
import type { JWTPayload } from "jose";
import type { Estate } from "../../estate.ts";
import { placeOf, printable } from "../../report/display.ts";
import { permissionLines, standardClaimLines } from "../claims/lines.ts";
import { entry, shown, wrapped } from "../lines.ts";
import { claimOrigins, droppedClaims, permissionOrigins } from "./outcome.ts";
import type { Simulated } from "./simulate.ts";

/** A block of lines for each token: claims of policies, by policy, then those of Auth0. */
export function tokenBlocks(simulated: Simulated, estate: Estate): readonly (readonly string[])[] {
  const { id, access } = simulated.tokens;
  return [
    ...(id ? [["ID token: tells the application who it is", ...claimLines(simulated, "idToken", id)]] : []),
    ...(access
      ? [
          [
            "access token: tells the API what may be done",
            ...claimLines(simulated, "accessToken", access),
            ...permissionsOf(simulated, access, estate),
          ],
        ]
      : []),
  ];
}

function claimLines(
  { flows }: Simulated,
  token: "idToken" | "accessToken",
  payload: JWTPayload,
): readonly string[] {
  const origins = claimOrigins(payload, token, flows);
  const byPolicy = Map.groupBy(
    origins.filter(({ policy }) => policy),
    ({ policy }) => `${policy?.policy} (${policy?.file})`,
  );
  return [
    ...[...byPolicy].flatMap(([policy, claims]) => [
      `  by ${policy}`,
      ...claims.flatMap(({ name, value }) => entry("    ", printable(name), shown(value))),
    ]),
    ...droppedClaims(payload, token, flows).flatMap(({ name, policy }) =>
      wrapped("  ", `"${printable(name)}", set by ${policy}, is not there: Auth0 keeps that name for itself`),
    ),
    "  by Auth0",
    ...standardClaimLines(
      "    ",
      origins.filter(({ policy, name }) => !policy && name !== "permissions"),
    ),
  ];
}

function permissionsOf(simulated: Simulated, access: JWTPayload, estate: Estate): readonly string[] {
  const { api } = simulated.scenario;
  const given = permissionOrigins(simulated, estate).map(({ permission, sources }) => ({
    permission,
    from: sources.map(({ holder, at }) => `${holder}, ${placeOf(at)}`).join("; "),
  }));
  if (given.length > 0) return permissionLines("    ", given);
  const why =
    access.permissions === undefined
      ? `not there: RBAC is off for ${api.key}`
      : `none: no role that Auth0 stores for the user gives anything at ${api.key}`;
  return entry("    ", "permissions", why);
}
