import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Located, Span } from "../../model/source.ts";
import type { Report } from "../report.ts";
import type { Rule } from "../rule.ts";
import { placeOf } from "../wording.ts";

interface Keyed {
  readonly key: string;
  readonly at: Span;
}

/** Two roles never have one name: tokens and policies know roles by their names. */
export const roleNamesAreUnique: Rule = ({ declarations }, report) =>
  namesAreUnique("role", declarations.roles, report);

/** Two groups never have one name: users come with names of groups. */
export const groupNamesAreUnique: Rule = ({ declarations }, report) =>
  namesAreUnique("group", declarations.groups, report);

/** Two clients never have one name: people tell them apart by it. */
export const clientNamesAreUnique: Rule = ({ declarations }, report) =>
  namesAreUnique("client", declarations.clients, report);

function namesAreUnique(
  kind: string,
  all: readonly (Keyed & { readonly name: Located<string> })[],
  report: Report,
): void {
  const owners = new Map<string, (typeof all)[number]>();
  for (const each of all) {
    const owner = owners.get(each.name.value);
    if (owner)
      report(
        "duplicate-name",
        each.name.at,
        `${kind} "${each.key}" has the name of ${kind} "${owner.key}" (${placeOf(owner.name.at)})`,
        clash(`name of ${kind} "${owner.key}"`, owner.name.at),
      );
    else owners.set(each.name.value, each);
  }
}

/** A former key is nobody else's, now or formerly: Pulumi would take one thing for another. */
export const formerKeysAreFree: Rule = ({ declarations: { apis, roles, groups, clients } }, report) => {
  const check = (
    kind: string,
    all: readonly (Keyed & { readonly formerly: readonly Located<string>[] })[],
  ) => {
    const living = new Map(all.map((each) => [each.key, each]));
    const claimed = new Map<string, { readonly key: string; readonly at: Span }>();
    for (const { key, formerly } of all)
      for (const former of formerly) {
        const owner = living.get(former.value) ?? claimed.get(former.value);
        if (!owner) claimed.set(former.value, { key, at: former.at });
        else
          report(
            "duplicate-former-key",
            former.at,
            living.has(former.value)
              ? `${kind} "${key}" was formerly "${former.value}", which is the key of a ${kind} (${placeOf(owner.at)})`
              : `${kind} "${key}" was formerly "${former.value}", and so was ${kind} "${owner.key}" (${placeOf(owner.at)})`,
            clash(`${kind} "${owner.key}"`, owner.at),
          );
      }
  };
  check("API", apis);
  check("role", roles);
  check("group", groups);
  check("client", clients);
};

function clash(message: string, at: Span): Pick<Diagnostic, "related"> {
  return { related: [{ message, at }] };
}
