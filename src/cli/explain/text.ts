// An explained token for people: 80 columns, no colour.
import { placeOf, printable } from "../../report/display.ts";
import { permissionLines, standardClaimLines } from "../claims/lines.ts";
import { entry, shown, wrapped } from "../lines.ts";
import type { ExplainedClaim, Explanation } from "./explain.ts";

/** What the token is, its claims by who made them, and what is not as it should be. */
export function explanationText(explanation: Explanation): string {
  const { claims, permissions, missing, findings } = explanation;
  const ours = Map.groupBy(
    claims.filter(({ by }) => by !== "Auth0"),
    ({ says }) => says,
  );
  const blocks = [
    headLines(explanation),
    ...[...ours].map(([says, own]) => [...wrapped("", `set by ${says}`), ...own.flatMap(claimLine)]),
    [
      "set by Auth0",
      ...standardClaimLines(
        "  ",
        claims.filter(({ by }) => by === "Auth0"),
      ),
      ...permissionLines(
        "  ",
        permissions.map(({ permission, isDefined, sources }) => ({
          permission,
          from: isDefined
            ? sources.map(({ holder, at }) => `${holder}, ${placeOf(at)}`).join("; ")
            : "nothing: the API does not define it now",
        })),
      ),
    ],
    // Those that somebody should look at are among the findings.
    ...missing.flatMap(({ role, permissions: lacking, why, isExpected }) =>
      !isExpected
        ? []
        : [
            [
              ...wrapped("", `not in permissions, though role ${role} gives it: ${lacking.join(", ")}`),
              ...wrapped("  ", why),
            ],
          ],
    ),
    findings.length > 0
      ? ["to look at", ...findings.flatMap((text) => itemLines(printable(text)))]
      : ["nothing is missing that should be there"],
  ];
  return blocks.map((lines) => `${lines.join("\n")}\n`).join("\n");
}

const signatures = new Map([
  [undefined, "not verified: there is no tenant here to ask for its keys"],
  [true, "verified with the running tenant's keys"],
  [false, "wrong: none of the running tenant's keys made it"],
]);

function headLines({ kind, stack, api, client, audiences, isSigned }: Explanation): readonly string[] {
  const whom = {
    "ID token":
      "tells an application who its user is; APIs want the access token, ID tokens have no permissions",
    "access token of a person": "tells an API what a person may do through a client",
    "access token of a machine": "tells an API what a machine may do by itself",
  }[kind];
  return [
    kind,
    ...wrapped("  ", whom),
    ...entry("  ", "stack", stack ?? "none of those here"),
    ...(kind === "ID token" ? [] : entry("  ", "API", api ?? printable(audiences.join(", ")))),
    ...(client === undefined ? [] : entry("  ", "client", printable(client))),
    ...entry("  ", "signature", signatures.get(isSigned) ?? ""),
  ];
}

function claimLine({ name, value }: ExplainedClaim): readonly string[] {
  return entry("  ", printable(name), shown(value));
}

function itemLines(text: string): readonly string[] {
  return wrapped("    ", text).map((line, index) => (index === 0 ? `  - ${line.trimStart()}` : line));
}
