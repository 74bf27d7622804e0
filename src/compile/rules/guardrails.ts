// What rbac/guardrails.yaml forbids, and what it lets nobody have without an approval.
import type { Permission } from "../../model/access-model.ts";
import type { ApprovalDeclaration } from "../../model/declarations.ts";
import { managementApi, type PermissionPattern } from "../../model/names.ts";
import { isPattern, matchesPattern } from "../../model/pattern.ts";
import { matchesPermission, permissionOf, permissionText } from "../../model/permission.ts";
import type { Located } from "../../model/source.ts";
import { byPlace, holdersIn } from "../holders.ts";
import type { Rule } from "../rule.ts";
import { takesAny } from "../select-scopes.ts";
import { guardrailsFile, pathOf } from "../source-kind.ts";
import { placed, placeOf, quote, suggest } from "../wording.ts";

/** What guardrails and approvals speak of is there; a pattern that fits nothing yet is worth a warning. */
export const guardrailsNamePermissions: Rule = ({ declarations, scopes }, report) => {
  const { apis, guardrails, incomplete } = declarations;
  const named = [
    ...guardrails.never.map(({ permission }) => permission),
    ...guardrails.separate.flatMap(({ permissions }) => permissions),
    ...guardrails.approve,
    ...guardrails.approved.map(({ permission }) => permission),
  ];
  for (const { value, at } of named) {
    const { api, scope } = permissionOf(value);
    const fitting = [...scopes].filter(([key]) => matchesPattern(api, key));
    if (!isPattern(api) && incomplete.has(pathOf("api", api))) continue;
    if (!isPattern(api) && fitting.length === 0)
      report(
        "unknown-api",
        at,
        `guardrail ${quote(value)} names the API ${quote(api)}, which is not declared`,
        suggest(api, [...apis.map(placed), managementApi]),
      );
    else if (fitting.some(([, defined]) => takesAny(scope, defined))) continue;
    else if (isPattern(value)) {
      if (incomplete.size === 0)
        report("empty-pattern", at, `guardrail ${quote(value)} fits no scope of any API`, {
          severity: "warning",
        });
    } else
      report(
        "unknown-scope",
        at,
        `guardrail ${quote(value)} names ${quote(scope)}, which API "${api}" does not define`,
        suggest(scope, [...(scopes.get(api)?.values() ?? [])]),
      );
  }
};

/** An approval is for a client that is declared; roles are looked up with all others. */
export const approvalsNameClients: Rule = ({ declarations, clients }, report) => {
  for (const { subject } of declarations.guardrails.approved) {
    const { value, at } = subject.key;
    if (subject.kind === "role" || clients.has(value)) continue;
    if (declarations.incomplete.has(pathOf("client", value))) continue;
    report(
      "unknown-client",
      at,
      `an approval is for the client ${quote(value)}, which is not declared`,
      suggest(value, declarations.clients.map(placed)),
    );
  }
};

/** Nobody has what must never be granted. Reported where it is given, not wherever that is included. */
export const nobodyHasWhatIsForbidden: Rule = ({ declarations, machines, given }, report) => {
  const { guardrails, roles } = declarations;
  const givers = [
    ...roles.map((role) => ({ who: `role "${role.key}"`, own: given.get(role) ?? [] })),
    ...machines.map((client) => ({ who: `client "${client.key}"`, own: given.get(client) ?? [] })),
  ];
  for (const { permission: law, reason } of guardrails.never)
    for (const { who, own } of givers)
      for (const forbidden of byPlace(own.filter((each) => matchesPermission(patternOf(law), each))))
        report(
          "forbidden-permission",
          forbidden[0].at,
          `${who} has ${named(forbidden)}, which nobody may have (${placeOf(law.at)})`,
          { related: [{ message: reason, at: law.at }] },
        );
};

/** Who has what needs an approval has one, however he came by it. */
export const grantsAreApproved: Rule = (lookup, report) => {
  const { guardrails, incomplete } = lookup.declarations;
  if (incomplete.has(guardrailsFile)) return;
  const approved = new Set(guardrails.approved.map(nameOf));
  for (const { kind, key, permissions, placeOf: placeOfGrant } of holdersIn(lookup))
    for (const [law, concerned] of Map.groupBy(permissions, (each) => lawFor(each, guardrails.approve))) {
      if (!law) continue;
      const lacking = concerned
        .filter((each) => !approved.has(`${kind} ${key} ${permissionText(each)}`))
        .map(({ api, scope }) => ({ api, scope, at: placeOfGrant({ api, scope }) }));
      for (const unapproved of byPlace(lacking))
        report(
          "missing-approval",
          unapproved[0].at,
          `${kind} "${key}" has ${named(unapproved)} without an approval (${placeOf(law.at)})`,
          {
            related: [{ message: "needs an approval", at: law.at }],
            help: `add { ${kind}: ${key}, permission: "${permissionText(unapproved[0])}", by: …, reason: … } under "approved"`,
          },
        );
    }
};

/** An approval is for something that is granted and needs one. */
export const approvalsAreNeeded: Rule = (lookup, report) => {
  const { guardrails, incomplete } = lookup.declarations;
  if (incomplete.size > 0) return;
  const holders = new Map(holdersIn(lookup).map((holder) => [`${holder.kind} ${holder.key}`, holder]));
  const seen = new Map<string, ApprovalDeclaration>();
  for (const approval of guardrails.approved) {
    const { subject, permission } = approval;
    const { api, scope } = permissionOf(permission.value);
    const declared = subject.kind === "role" ? lookup.roles : lookup.clients;
    if (!declared.has(subject.key.value) || !lookup.scopes.get(api)?.has(scope)) continue;
    const name = nameOf(approval);
    const what = `approval of ${quote(permission.value)} for ${subject.kind} ${quote(subject.key.value)}`;
    const holder = holders.get(`${subject.kind} ${subject.key.value}`);
    const first = seen.get(name);
    if (!first) seen.set(name, approval);
    if (first) {
      report("unneeded-approval", permission.at, `${what} stands twice (${placeOf(first.permission.at)})`, {
        related: [{ message: "first written here", at: first.permission.at }],
      });
      continue;
    }
    const isHeld = holder?.permissions.some((each) => permissionText(each) === permission.value) ?? false;
    const needsOne = lawFor({ api, scope }, guardrails.approve) !== undefined;
    if (!isHeld || !needsOne)
      report(
        "unneeded-approval",
        permission.at,
        `${what} is not needed: ${isHeld ? "no guardrail asks for it" : "it does not have that"}`,
        { help: "take the approval out" },
      );
  }
};

const patternOf = ({ value }: Located<string>) => value as PermissionPattern; // as: the shape takes nothing else

function lawFor(permission: Permission, laws: readonly Located<string>[]): Located<string> | undefined {
  return laws.find((law) => matchesPermission(patternOf(law), permission));
}

function nameOf({ subject, permission }: ApprovalDeclaration): string {
  return `${subject.kind} ${subject.key.value} ${permission.value}`;
}

/** The first of them, and how many more there are. */
function named(permissions: readonly Permission[]): string {
  const [first, ...others] = permissions.map(permissionText);
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  return `"${first}"${more}`;
}
