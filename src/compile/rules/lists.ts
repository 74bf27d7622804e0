import type { Located } from "../../model/source.ts";
import type { Lookup } from "../lookup.ts";
import type { Rule } from "../rule.ts";
import { placeOf, quote } from "../wording.ts";

/** A list of names and what it belongs to, such as `"includes" of role "customer"`. */
interface NamedList {
  readonly what: string;
  readonly items: readonly Located<string>[];
}

/** No list names a thing twice. Scopes have a law of their own. */
export const listsNameThingsOnce: Rule = (lookup, report) => {
  for (const { what, items } of listsIn(lookup)) {
    const seen = new Map<string, Located<string>>();
    for (const item of items) {
      const first = seen.get(item.value);
      if (!first) seen.set(item.value, item);
      else
        report("duplicate-item", item.at, `${what} names ${quote(item.value)} twice (${placeOf(first.at)})`, {
          related: [{ message: "first written here", at: first.at }],
        });
    }
  }
};

function listsIn({ declarations: { roles, groups, clients, guardrails } }: Lookup): readonly NamedList[] {
  const lists = (owner: string, named: Readonly<Record<string, readonly Located<string>[] | undefined>>) =>
    Object.entries(named).map(([name, items = []]) => ({ what: `"${name}" of ${owner}`, items }));
  return [
    ...roles.flatMap(({ key, includes }) => lists(`role "${key}"`, { includes })),
    ...groups.flatMap(({ key, roles, within }) => lists(`group "${key}"`, { roles, within })),
    ...clients.flatMap(({ key, callbacks, logoutUrls, connections, allowedRoles, publicKeys }) =>
      lists(`client "${key}"`, {
        callbacks,
        logoutUrls,
        connections,
        allowedRoles,
        publicKeys: publicKeys.map(({ value, at }) => ({ value: value.name, at })),
      }),
    ),
    ...guardrails.separate.flatMap(({ name, permissions }) =>
      lists(`guardrail ${quote(name.value)}`, { permissions }),
    ),
    ...guardrails.together.flatMap((together) => lists("the guardrails", { together })),
  ];
}
