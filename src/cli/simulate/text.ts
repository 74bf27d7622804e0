// A simulation for people: 80 columns, no colour.
import type { Call } from "../../../tenant/index.ts";
import type { Estate } from "../../estate.ts";
import type { FlowName } from "../../model/flows.ts";
import { printable } from "../../report/display.ts";
import { ends, entry, shown, wrapped } from "../lines.ts";
import { type RoleOrigin, roleOrigins } from "./outcome.ts";
import type { Simulated } from "./simulate.ts";
import { tokenBlocks } from "./token-text.ts";
import type { FlowTrace, PolicyTrace } from "./trace.ts";

/** What the policies of each flow saw and did, where roles come from, and the tokens with who made each claim. */
export function simulationText(simulated: Simulated, start: readonly string[], estate: Estate): string {
  const { flows, refusal } = simulated;
  return [
    [headline(simulated), ...start.flatMap((text) => wrapped("  ", text))],
    ...flows.map(flowLines),
    ...(simulated.person && refusal === undefined
      ? [["roles", ...roleOrigins(simulated).flatMap(roleLines)]]
      : []),
    ...(refusal === undefined ? tokenBlocks(simulated, estate) : [refusedLines(simulated, refusal)]),
  ]
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

function headline({ scenario: { kind, client, api }, person }: Simulated): string {
  const who = { login: "logs in at", registration: "signs up and logs in at", exchange: "" }[kind];
  return person
    ? `${printable(person.email)} ${who} ${client.key}, for a token for ${api.key}`
    : `${client.key} exchanges its credentials for a token for ${api.key}`;
}

const moments: Readonly<Record<FlowName, string>> = {
  preUserRegistration: "before registration",
  postUserRegistration: "after registration",
  credentialsExchange: "token exchange",
  login: "login",
};

function flowLines({
  flow,
  mechanism,
  milliseconds,
  event,
  policies,
  calls,
  others,
}: FlowTrace): readonly string[] {
  const article = mechanism === "action" ? "an" : "a";
  return [
    `${moments[flow]}, as ${article} ${mechanism}: ${milliseconds} ms`,
    ...(event ? entry("  ", "sees", seenIn(event)) : []),
    ...policies.flatMap((policy, index) => policyLines(policy, index + 1)),
    ...(calls.length > 0 ? entry("  ", "then", calls.map(callText).join(", ")) : []),
    ...others.flatMap(({ name, outcome }) => entry("  ", "of others", `${printable(name)}: ${outcome}`)),
  ];
}

/** What policies decide by, in a few words each. */
function seenIn(event: Readonly<Record<string, unknown>>): string {
  const part = (name: string) => Object(event[name]) as Readonly<Record<string, unknown>>; // of any shape
  const [user, client] = [part("user"), part("client")];
  const named = (what: string, name: unknown) => (name === undefined ? [] : [`${what} ${shown(name)}`]);
  return [
    ...named("user", user.user_id ?? user.email),
    ...rolesIn(part("authorization").roles),
    ...named("connection", part("connection").name),
    ...named("client", client.name),
    ...named("organization", part("organization").name),
    ...named("API", part("resource_server").identifier),
    ...named("scopes", part("accessToken").scope),
    ...named("groups sent", user.groups),
    ...filled("app_metadata", user.app_metadata),
    ...filled("user_metadata", user.user_metadata),
    ...filled("client metadata", client.metadata),
  ].join(", ");
}

const rolesIn = (roles: unknown) =>
  Array.isArray(roles) ? [roles.length > 0 ? `roles ${shown(roles)}` : "no roles"] : [];

const filled = (what: string, value: unknown) =>
  value && Object.keys(value).length > 0 ? [`${what} ${shown(value)}`] : [];

function policyLines(
  { policy, file, outcome, milliseconds, effects, calls, error }: PolicyTrace,
  place: number,
) {
  const ran = outcome !== "off" && outcome !== "not reached";
  const title = `  ${place} ${policy}`;
  const detail = ran
    ? `${file}, ${milliseconds} ms`
    : { off: "off in this stack", "not reached": "not reached" }[outcome];
  const { denial, roles, removedScopes, appMetadata, userMetadata } = effects;
  const done = [
    ...calls.flatMap((call) => entry("      ", "calls", callText(call))),
    ...roles.flatMap((role) => entry("      ", "adds role", printable(role))),
    ...claimLines(effects),
    ...valueLines("stores", "app_metadata.", appMetadata),
    ...valueLines("stores", "user_metadata.", userMetadata),
    ...valueLines("hands on", "", effects.data),
    ...removedScopes.flatMap((scope) => entry("      ", "takes scope", printable(scope))),
    ...(denial === undefined ? [] : entry("      ", "denies", printable(denial))),
    ...(error === undefined ? [] : entry("      ", "fails", printable(error))),
  ];
  const nothing = ran && done.length === 0 ? ["      does nothing"] : [];
  return [...ends(title, detail), ...done, ...nothing];
}

/** A claim that goes into both tokens with one value is one line. */
function claimLines({ idToken, accessToken }: PolicyTrace["effects"]): readonly string[] {
  return [...new Set([...Object.keys(idToken), ...Object.keys(accessToken)])].flatMap((name) => {
    const [inId, inAccess] = [idToken[name], accessToken[name]];
    const isBoth = JSON.stringify(inId) === JSON.stringify(inAccess);
    const line = (label: string, value: unknown) =>
      entry("      ", label, `${printable(name)} ${shown(value)}`);
    if (isBoth) return line("both tokens", inId);
    return [
      ...(inId === undefined ? [] : line("ID token", inId)),
      ...(inAccess === undefined ? [] : line("access token", inAccess)),
    ];
  });
}

function valueLines(
  label: string,
  prefix: string,
  values: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    entry("      ", label, `${prefix}${printable(name)} ${shown(value)}`),
  );
}

/** Ids in paths tell nothing here. */
function callText({ method, path, status }: Call): string {
  const words = path.split("/").map((part) => (/%7C|^rol_/i.test(part) ? "{id}" : part));
  return `${method} ${words.join("/")} ${status}`;
}

function roleLines({ role, addedBy, stored }: RoleOrigin): readonly string[] {
  const where = {
    before: "stored in Auth0 before",
    meanwhile: "stored in Auth0 from now on",
    no: "not stored in Auth0: in claims of policies, not in permissions",
  }[stored];
  return entry("  ", role, addedBy === undefined ? where : `by ${addedBy}; ${where}`);
}

function refusedLines({ flows }: Simulated, refusal: string): readonly string[] {
  const by = flows.flatMap(({ policies }) =>
    policies.filter(
      ({ outcome, error }) => outcome === "denied" || (outcome === "failed" && error !== undefined),
    ),
  );
  const denier = by.at(-1);
  return [
    `no tokens: ${denier ? `${denier.policy} (${denier.file}) denied` : "Auth0 itself refused, no policy did"}`,
    ...entry("  ", "it is told", printable(refusal)),
    ...(denier
      ? wrapped("  ", "No claim is set and nothing is stored of what policies wanted; calls have been made.")
      : []),
  ];
}
