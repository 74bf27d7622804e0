// What nobody may hold together, by one role, group or client, or by roles that the same people have.
import type { Permission } from "../../model/access-model.ts";
import type { GuardrailsDeclaration } from "../../model/declarations.ts";
import type { PermissionPattern } from "../../model/names.ts";
import { permissionText } from "../../model/permission.ts";
import { clashAmong } from "../../model/separation.ts";
import type { Located, Span } from "../../model/source.ts";
import type { Lookup } from "../lookup.ts";
import type { Report } from "../report.ts";
import type { Rule } from "../rule.ts";
import { placeOf, quote } from "../wording.ts";

type Law = GuardrailsDeclaration["separate"][number];

/** Something by which a person holds permissions, and the parts that bring them: a breach by a part is the part's own. */
interface Holding {
  readonly who: string;
  readonly at: Span;
  readonly permissions: readonly Permission[];
  readonly parts: readonly (readonly Permission[])[];
}

/** Nobody holds two permissions that are to be separate. Reported for the smallest thing that brings both. */
export const nobodyHoldsWhatIsSeparate: Rule = (lookup, report) => {
  const holdings = holdingsIn(lookup);
  for (const law of lookup.declarations.guardrails.separate)
    for (const holding of holdings) reportBreach(law, holding, report);
};

function reportBreach(law: Law, { who, at, permissions, parts }: Holding, report: Report): void {
  const patterns = law.permissions.map(({ value }) => value as PermissionPattern); // as: the shape takes nothing else
  const clash = clashAmong(permissions, patterns);
  if (!clash || parts.some((part) => clashAmong(part, patterns))) return;
  const [one, other] = clash.map(permissionText);
  report(
    "separated-permissions",
    at,
    `${who} "${one}" and "${other}", which ${quote(law.name.value)} keeps apart (${placeOf(law.name.at)})`,
    { related: [{ message: "kept apart", at: law.name.at }] },
  );
}

function holdingsIn(lookup: Lookup): readonly Holding[] {
  const { declarations, permissions, given, access, groups } = lookup;
  const ofRoles = (named: readonly Located<string>[]) =>
    named.flatMap(({ value }) => {
      const role = lookup.roles.get(value);
      return role ? [permissions.get(role) ?? []] : [];
    });
  return [
    ...declarations.roles.map((role) => ({
      who: `role "${role.key}" has`,
      at: role.at,
      permissions: permissions.get(role) ?? [],
      parts: ofRoles(role.includes),
    })),
    ...lookup.machines.map((client) => ({
      who: `client "${client.key}" has`,
      at: client.at,
      permissions: given.get(client) ?? [],
      parts: [],
    })),
    ...declarations.groups.map((group) => ({
      who: `group "${group.key}" gives`,
      at: group.at,
      permissions: access.get(group)?.permissions ?? [],
      parts: [
        ...ofRoles(group.roles),
        ...group.within.flatMap(({ value }) => {
          const around = groups.get(value);
          return around ? [access.get(around)?.permissions ?? []] : [];
        }),
      ],
    })),
    ...declarations.guardrails.together.flatMap((named) => {
      const parts = ofRoles(named);
      const [first] = named;
      if (!first) return [];
      const who = `people with ${named.map(({ value }) => quote(value)).join(" and ")} have`;
      return [{ who, at: first.at, permissions: parts.flat(), parts }];
    }),
  ];
}
