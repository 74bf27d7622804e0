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
            ...permissionLines("    ", givenPermissions(simulated, estate)),
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

function givenPermissions(simulated: Simulated, estate: Estate) {
  return permissionOrigins(simulated, estate).map(({ permission, sources }) => ({
    permission,
    from: sources.map(({ holder, at }) => `${holder}, ${placeOf(at)}`).join("; "),
  }));
}
